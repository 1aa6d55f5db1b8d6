import { Info } from 'lucide-react'
import { toRevoke } from '#components/organizations/tier-change'
import type { CustomerView } from '#lib/organizations/view'

/** What it means to have more tokens than allowed, and the ways out: "Hazel's 3 tokens keep working. It gets no new one until …" */
export function OverLimit({ customer: { name, used, limit, tier, status } }: { customer: CustomerView }) {
  if (status === 'closed' || used <= limit) return null
  const ways = [
    tier.limitedTo === undefined ? 'it has a higher limit' : `${tier.limitedTo.by} is raised to ${tier.name}`,
    ...(limit === 0 ? [] : [`${toRevoke(used, limit)} ${used - limit + 1 === 1 ? 'is' : 'are'} revoked`]),
  ]
  return (
    <p className="mt-0.5 flex gap-1.5 text-small text-soft">
      <Info aria-hidden className="icon-small mt-0.5" />
      <span>
        <bdi>{name}</bdi>&apos;s {used} tokens keep working. It gets no new one until {ways.join(', or ')}.
      </span>
    </p>
  )
}
