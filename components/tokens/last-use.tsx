import type { ReactNode } from 'react'
import { Instant } from '#components/time/instant'
import type { TokenView } from '#lib/tokens/view'

/** In a dialog that asks: what is hit and "Last used 2 min ago.", or `never` where there was no use. */
export function LastUse({
  of: { lastUsedAt },
  never,
  children,
}: {
  of: Pick<TokenView, 'lastUsedAt'>
  never: string
  children: ReactNode
}) {
  if (lastUsedAt === null) return never
  return (
    <>
      {children} Last used{' '}
      <strong className="text-text">
        <Instant at={lastUsedAt} inSentence />
      </strong>
      .
    </>
  )
}
