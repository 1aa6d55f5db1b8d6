import type { ReactNode } from 'react'
import type { Hits } from '#components/organizations/use-customer-hits'
import { LostScopes } from '#components/settings/lost-tokens'
import { Notice } from '#components/ui/notice'
import type { CustomerView } from '#lib/organizations/view'
import type { TierHits } from '#lib/tiers/view'

/** How many of those in use must go before there is room for one: "both", "all 3", "2 of its 6". */
export const toRevoke = (used: number, limit: number): string => {
  const many = used - limit + 1
  if (used === 2 && many === 2) return 'both'
  return many >= used ? `all ${used}` : `${many} of its ${used}`
}

/** What another tier or limit does, before it is saved: who gets no new token, and which scopes stop. */
export function TierChange({
  customer: { name, used },
  limit,
  hits,
}: {
  customer: Pick<CustomerView, 'name' | 'used'>
  /** What would hold then. */
  limit: number
  hits: Hits | null
}) {
  if (hits === 'asking') return <Notice tone="plain">Counting what this changes …</Notice>
  const own = used > limit && (
    <p>
      <bdi>{name}</bdi>&apos;s {used} {used === 1 ? 'token keeps' : 'tokens keep'} working. It gets no new one until it
      has a higher tier
      {limit > 0 && (
        <>
          , or {toRevoke(used, limit)} {used - limit + 1 === 1 ? 'is' : 'are'} revoked
        </>
      )}
      .
    </p>
  )
  const tier = hits === null || hits === 'failed' ? null : hits.tier
  const below = tier === null ? null : below_(tier, name)
  const scopes = tier === null || tier.scopes.length === 0 ? null : <LostScopes scopes={tier.scopes} />
  const failed = hits === 'failed' && <p>What stands below it could not be counted.</p>
  if (!own && !below && !scopes && !failed) return null
  return (
    <Notice role="status">
      {own}
      {below}
      {scopes}
      {failed}
    </Notice>
  )
}

function below_({ over, overFirst }: TierHits, name: string): ReactNode {
  const others = overFirst.filter((each) => each.name !== name)
  const count = over - (overFirst.length - others.length)
  const [one] = others
  if (count < 1) return null
  if (count === 1 && one !== undefined)
    return (
      <p>
        Below it, <bdi>{one.name}</bdi> has {one.used} of {one.limit} tokens then: they keep working, and it gets no new
        one.
      </p>
    )
  return (
    <p>
      Below it, {count} organizations have more tokens than they may then: they keep working, and they get no new one.
    </p>
  )
}
