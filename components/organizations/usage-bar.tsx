import { cn } from '#components/ui/cn'

/** The words of a usage: "4 of 5", and "4" where nothing limits it. */
export const usageWords = (used: number, limit: number | null) =>
  limit === null ? String(used) : `${used} of ${limit}`

const MOST_PIPS = 10

/**
 * How much of a limit is used, drawn: a pip each up to 10, a meter above, what is over it in ink with "2 over".
 * Decoration but for those words; "4 of 5" stands beside it. Without a limit nothing is drawn.
 */
export function UsageBar({ used, limit, className }: { used: number; limit: number | null; className?: string }) {
  if (limit === null) return null
  const over = Math.max(0, used - limit)
  return (
    <span className={cn('inline-flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1', className)}>
      {Math.max(used, limit) > MOST_PIPS ? (
        <Meter used={used} limit={limit} />
      ) : (
        <span aria-hidden className="flex flex-wrap gap-[3px]">
          {Array.from({ length: Math.max(used, limit) }, (_, index) => (
            <Pip key={`${index + 1}`} state={index >= limit ? 'over' : index < used ? 'used' : 'free'} />
          ))}
        </span>
      )}
      {over > 0 && <span className="font-semibold text-small text-text">{over} over</span>}
    </span>
  )
}

function Pip({ state }: { state: 'used' | 'free' | 'over' }) {
  return (
    <span
      className={cn(
        'h-2 w-3.5 rounded-[2px] forced-color-adjust-none',
        state === 'used' && 'bg-accent-text',
        state === 'free' && 'border border-line-strong',
        state === 'over' && 'bg-text',
      )}
    />
  )
}

function Meter({ used, limit }: { used: number; limit: number }) {
  const whole = Math.max(used, limit, 1)
  return (
    <span
      aria-hidden
      className="flex h-1.5 min-w-24 flex-1 overflow-hidden rounded-full bg-chart-rest forced-color-adjust-none"
    >
      <span className="bg-accent-text" style={{ width: `${(Math.min(used, limit) / whole) * 100}%` }} />
      <span className="bg-text" style={{ width: `${((whole - limit) / whole) * 100}%` }} />
    </span>
  )
}
