import { Ranking } from '#components/analytics/ranking'
import { signed } from '#components/analytics/words'
import { TierBadge } from '#components/organizations/tier-badge'
import { inDigits } from '#components/tokens/counted'
import { TextLink } from '#components/ui/text-link'
import type { TierView } from '#lib/organizations/view'
import { type Extended, REFUSALS } from '#lib/usage/choices'
import type { Analytics, UsageRanking } from '#lib/usage/view'

const VIEWS: readonly {
  readonly by: Extended
  readonly heading: string
  readonly what: string
  readonly none: string
}[] = [
  { by: 'endpoint', heading: 'By endpoint', what: 'Endpoint', none: 'No request named an endpoint.' },
  { by: 'resource', heading: 'By resource', what: 'Resource', none: 'No request named a resource.' },
  { by: 'ip', heading: 'By address', what: 'Address', none: 'No request named an address.' },
  { by: 'userAgent', heading: 'By user agent', what: 'User agent', none: 'No request named a user agent.' },
]

/** Why requests were refused, most frequent first; with extended metrics also how many more than before. */
export function Refusals({
  totals: { refused, refusals },
  extended,
  className,
}: Pick<Analytics, 'totals' | 'extended'> & { className: string }) {
  const change = extended === null ? '' : ` (${signed(refused - extended.before.refused)})`
  return (
    <Ranking
      heading="Why refused"
      className={className}
      aside={refused > 0 || change !== '' ? `${inDigits(refused)}${change}` : null}
      of={['Reason', 'Refused']}
      tone="refused"
      none="Nothing was refused."
      rows={refusals.map(({ outcome, count }) => ({ key: outcome, name: REFUSALS[outcome], count }))}
    />
  )
}

/** The tokens that came most; each that is still there leads to its page. */
export function ByToken({
  byToken: { top, rest },
  slug,
  className,
}: Pick<Analytics, 'byToken'> & { slug: string; className: string }) {
  return (
    <Ranking
      heading="By token"
      className={className}
      of={['Token', 'Requests']}
      none="No token came."
      rest={restOf(rest)}
      rows={top.map(({ group, name, gone, requests }) => ({
        key: group,
        count: requests,
        name: gone ? (
          <bdi className="text-soft">{name}</bdi>
        ) : (
          <TextLink href={`/o/${slug}/tokens/${group}`} prefetch={false}>
            <bdi>{name}</bdi>
          </TextLink>
        ),
      }))}
    />
  )
}

/** What extended metrics tell, each by what came most. */
export function ExtendedRankings({
  extended,
  tier,
}: {
  extended: NonNullable<Analytics['extended']>
  tier: TierView | null
}) {
  return VIEWS.map(({ by, heading, what, none }) => (
    <Ranking
      key={by}
      heading={heading}
      className="lg:col-span-3"
      aside={tier && <TierBadge tier={tier} words="effective" />}
      of={[what, 'Requests']}
      none={none}
      mono
      rest={restOf(extended[by].rest)}
      rows={extended[by].top.map(({ group, requests }) => ({
        key: group,
        count: requests,
        name: group === 'other' ? 'further ones of busy hours' : <bdi>{group}</bdi>,
      }))}
    />
  ))
}

const restOf = ({ groups, requests }: UsageRanking['rest']) => ({ groups, count: requests })
