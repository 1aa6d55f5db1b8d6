import type { Metadata } from 'next'
import { Reference } from '#components/docs/reference'
import { apiDocument } from '#lib/api/document/document'
import { referenceOf } from '#lib/api/document/reference'
import type { ReferenceView } from '#lib/api/document/view'
import { env } from '#lib/env'

export const metadata: Metadata = { title: 'API reference' }

let made: ReferenceView | undefined

/** For whoever asks, like the document that it is made from; the same for as long as the server runs. */
export default function ApiReferencePage() {
  made ??= referenceOf(apiDocument(env().appUrl))
  return <Reference reference={made} />
}
