import { effectiveName, tierWords } from '#components/organizations/tier-words'
import { cn } from '#components/ui/cn'
import type { TierView } from '#lib/organizations/view'

type TierBadgeProps = {
  tier: TierView
  /** `full`: "Advanced, limited to Lite by Westbay"; `effective`: "Lite". */
  words?: 'full' | 'effective'
  /** Without the box around it. */
  plain?: boolean
  className?: string
}

/** An organization's tier: two bars filled up to the rank that counts, and its name, in a neutral box. */
export function TierBadge({ tier, words = 'full', plain = false, className }: TierBadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex max-w-full items-center gap-1.5 text-small text-soft',
        !plain && 'min-h-5 rounded-strip border px-1.5 font-medium',
        className,
      )}
    >
      <TierBars rank={tier.effectiveRank} />
      {words === 'full' ? tierWords(tier) : effectiveName(tier)}
    </span>
  )
}

function TierBars({ rank }: { rank: number }) {
  const fill = (bar: number) => (rank >= bar ? 'fill-accent-text' : 'fill-chart-rest')
  return (
    <svg viewBox="0 0 9 9" aria-hidden="true" className="size-2.25 shrink-0 forced-color-adjust-none">
      <rect x="0.5" y="4" width="3" height="5" rx="1" className={fill(1)} />
      <rect x="5.5" y="0" width="3" height="9" rx="1" className={fill(2)} />
    </svg>
  )
}
