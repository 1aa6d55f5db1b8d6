import { comparedWith, PERIOD_WORDS, periodWords, share } from '#components/analytics/words'
import { counted, inDigits } from '#components/tokens/counted'
import { REFUSALS } from '#lib/usage/choices'
import type { Analytics } from '#lib/usage/view'

/** What a reader came to know: how much came, how much of it was good, which tokens, why not, and how that compares. */
export function Answer({
  analytics: { shown, totals, tokens, extended },
  isAbove,
}: {
  analytics: Analytics
  /** Whether others below are told of beneath, whose requests are not in it. */
  isAbove: boolean
}) {
  const { requests, active, refused, refusals } = totals
  const [most] = refusals
  const before = extended?.before.requests ?? null
  if (requests === 0)
    return (
      <>
        <strong>No request</strong> {isAbove ? 'of its own tokens ' : ''}came {periodWords(shown)}
        {isAbove && '; its customers are told below'}.
      </>
    )
  return (
    <>
      <strong>{counted(requests, 'request')}</strong> {periodWords(shown)},{' '}
      {refused === 0 ? (
        'all good'
      ) : (
        <>
          <strong>{share(active, requests)}</strong> good
        </>
      )}
      {before !== null && (
        <>
          , <strong>{comparedWith(requests, before)}</strong>{' '}
          {shown.name === null ? 'as long' : `in the ${PERIOD_WORDS[shown.name]}`} before
        </>
      )}
      .{' '}
      {tokens.active > 0 && (
        <>
          <strong>
            {inDigits(tokens.used)} of {inDigits(tokens.active)}
          </strong>{' '}
          active tokens {tokens.used === 1 ? 'was' : 'were'} used.{' '}
        </>
      )}
      {most !== undefined && most.count * 2 > refused && (
        <>
          Most refusals: <strong>{REFUSALS[most.outcome].toLowerCase()}</strong>.
        </>
      )}
    </>
  )
}
