import { Instant } from '#components/time/instant'
import { Notice } from '#components/ui/notice'
import type { PersonalTokensOf } from '#lib/tokens/view'

/** What revoking the ticked ones hits: where they work, and their latest use. Nothing where none is ticked. */
export function WhatStops({
  found: { tokens, organizations },
  ticked,
}: {
  found: PersonalTokensOf
  ticked: ReadonlySet<string>
}) {
  const chosen = tokens.filter(({ id }) => ticked.has(id))
  const one = chosen.length === 1
  const latest = chosen
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .toSorted((first, second) => second.getTime() - first.getTime())[0]
  return (
    <div role="status" className="empty:hidden">
      {chosen.length > 0 && (
        <Notice>
          {one ? 'It works' : 'They work'} in {organizations === 0 ? 'no' : organizations}{' '}
          {organizations === 1 ? 'organization' : 'organizations'}, and every verifier refuses {one ? 'it' : 'them'} at
          once.{' '}
          {latest === undefined ? (
            'Never used.'
          ) : (
            <>
              Last used <Instant at={latest} inSentence />.
            </>
          )}
        </Notice>
      )}
    </div>
  )
}
