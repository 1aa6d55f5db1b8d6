import type { ScopeLoss } from '#lib/scopes/view'
import type { TierHits } from '#lib/tiers/view'

/** For each scope that would stop: for how many tokens, and for which. */
export function LostScopes({ scopes }: { scopes: TierHits['scopes'] }) {
  return scopes.map(({ name, ...loss }) => (
    <p key={name}>
      <code className="font-mono text-small">{name}</code> stops at once for {counted(loss.tokens)}
      <Named loss={loss} />.
    </p>
  ))
}

export const counted = (tokens: number) => `${tokens} ${tokens === 1 ? 'token' : 'tokens'}`

/** ": Default of Alder, Default of Birch and 3 more"; nothing where none may be named. */
export function Named({ loss: { tokens, first } }: { loss: ScopeLoss }) {
  if (first.length === 0) return null
  return (
    <>
      :{' '}
      {first.map(({ name, organization }, at) => (
        <span key={`${organization} ${name}`}>
          {at > 0 && ', '}
          <bdi>{name}</bdi> of <bdi>{organization}</bdi>
        </span>
      ))}
      {tokens > first.length && ` and ${tokens - first.length} more`}
    </>
  )
}
