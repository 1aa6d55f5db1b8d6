import { hash } from 'node:crypto'
import { apiDocument } from '#lib/api/document/document'
import { env } from '#lib/env'

export const dynamic = 'force-dynamic'

let made: { readonly text: string; readonly etag: string } | undefined

// It is the same for as long as the server runs.
function published() {
  if (made !== undefined) return made
  const text = JSON.stringify(apiDocument(env().appUrl))
  made = { text, etag: `"${hash('sha256', text, 'base64url').slice(0, 22)}"` }
  return made
}

/** The OpenAPI document of this server, for whoever asks. */
export function GET(request: Request): Response {
  const { text, etag } = published()
  const headers = { etag, 'cache-control': 'public, max-age=300' }
  if (isHeld(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'content-type': 'application/json' } })
}

/** Whether what is kept is this (RFC 9110, 13.1.2); a proxy that compressed it calls the tag weak. */
const isHeld = (tags: string | null, etag: string) =>
  tags?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ?? false
