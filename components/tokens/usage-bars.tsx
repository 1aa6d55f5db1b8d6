import { formatDate } from '#components/time/format'
import { inDigits } from '#components/tokens/counted'
import type { UsageBucket } from '#lib/usage/view'

/** A bar for each day; refusals have a row of their own, with its own scale. The same figures stand in a table behind. */
export function UsageBars({ days }: { days: readonly UsageBucket[] }) {
  const first = days[0]?.start
  const last = days.at(-1)?.start
  const refused = days.some((each) => each.refused > 0)
  return (
    <>
      <div aria-hidden className="mt-3 text-muted text-small">
        <Lane word="Good" counts={days.map(({ active }) => active)} className="h-20" bar="bg-chart-good" />
        {refused && (
          <Lane word="Refused" counts={days.map((each) => each.refused)} className="mt-2 h-6" bar="bg-chart-refused" />
        )}
        <div className="mt-1 flex justify-between pl-18">
          <span>{first && formatDate(first, 'UTC')}</span>
          <span>{last && formatDate(last, 'UTC')}</span>
        </div>
      </div>
      <details className="mt-2 text-small">
        <summary className="w-fit cursor-pointer text-soft">Show as table</summary>
        <table className="mt-2 w-full max-w-80">
          <thead>
            <tr className="text-left text-muted [&>th]:font-medium">
              <th>Day</th>
              <th className="text-right">Good</th>
              <th className="text-right">Refused</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ start, active, refused }) => (
              <tr key={start.getTime()}>
                <td>{formatDate(start, 'UTC')}</td>
                <td className="text-right">{inDigits(active)}</td>
                <td className="text-right">{inDigits(refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

function Lane({
  word,
  counts,
  className,
  bar,
}: {
  word: string
  counts: readonly number[]
  className: string
  bar: string
}) {
  const most = Math.max(1, ...counts)
  return (
    <div className={`flex gap-2 ${className}`}>
      <span className="flex w-16 shrink-0 flex-col justify-between text-right leading-3">
        <span>{inDigits(most)}</span>
        <span>{word}</span>
      </span>
      <div className="flex flex-1 items-end gap-0.5 border-b">
        {counts.map((count, day) => (
          <span
            key={day}
            className={`flex-1 rounded-t-[1px] ${bar}`}
            style={{ height: count === 0 ? 0 : `max(1px, ${(count / most) * 100}%)` }}
          />
        ))}
      </div>
    </div>
  )
}
