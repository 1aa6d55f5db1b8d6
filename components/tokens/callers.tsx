'use client'

import { counted, inDigits } from '#components/tokens/counted'
import { useCallers } from '#components/tokens/use-callers'
import { OTHER } from '#lib/usage/choices'
import type { Caller } from '#lib/usage/view'

/** In a dialog that asks: who presented these tokens in the last 7 days. It stands in the way of nothing. */
export function Callers({ of }: { of: readonly string[] }) {
  const answer = useCallers(of)
  const it = of.length === 1 ? 'it' : 'them'
  if (of.length === 0) return null
  if (answer === 'failed')
    return <p className="mt-1.5 text-muted text-small">Who presented {it} in the last 7 days could not be loaded.</p>
  if (answer === 'asking')
    return (
      <p className="mt-2 flex h-9 animate-pulse items-center rounded-panel bg-sunken px-3 text-muted text-small motion-reduce:animate-none">
        Looking for who presented {it} in the last 7 days
      </p>
    )
  const { callers, more, total } = answer
  if (callers.length === 0)
    return <p className="mt-1.5 text-muted text-small">No caller is known of the last 7 days.</p>
  const most = Math.max(...callers.map(({ count }) => count))
  return (
    <>
      <ul aria-label="Callers of the last 7 days" className="mt-2 divide-y rounded-panel border">
        {callers.map((caller) => (
          <li key={caller.address} className="flex items-center gap-3 px-3 py-1.5">
            <span className="flex min-w-0 flex-1 flex-wrap gap-x-3 text-mono leading-5">
              <span className="min-w-0 flex-1 basis-40 truncate" title={caller.userAgent ?? undefined}>
                {caller.userAgent ?? <span className="text-muted">no user agent</span>}
              </span>
              <span className="text-soft [overflow-wrap:anywhere]">{addressOf(caller)}</span>
            </span>
            <span aria-hidden className="h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-chart-rest max-sm:hidden">
              <span
                className="block h-full rounded-full bg-chart-good"
                style={{ width: `${Math.max(3, (caller.count / most) * 100)}%` }}
              />
            </span>
            <span className="w-16 shrink-0 text-right">{inDigits(caller.count)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-muted text-small">
        {more > 0 && `and ${inDigits(more)} more: `}
        {counted(callers.length + more, 'caller')}, {counted(total, 'request')} in the last 7 days.
      </p>
    </>
  )
}

/** What is beyond the first 100 addresses of an hour has none of its own. */
export const addressOf = ({ address }: Caller) => (address === OTHER ? 'other addresses' : address)
