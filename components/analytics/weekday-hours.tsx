import { timesWords } from '#components/analytics/words'
import { inDigits } from '#components/tokens/counted'
import { Panel } from '#components/ui/panel'
import { weekdayHourWords } from '#lib/usage/choices'
import type { Shown } from '#lib/usage/search'
import type { WeekdayHour } from '#lib/usage/view'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const STEPS = ['bg-chart-rest', 'bg-heat-1', 'bg-heat-2', 'bg-heat-3', 'bg-heat-4'] as const

/** At which hours of the week requests came, as a map of tints from none to most. The same figures stand in a table behind. */
export function WeekdayHours({
  shown,
  week,
  className,
}: {
  shown: Shown
  /** From Monday at midnight on. */
  week: readonly WeekdayHour[]
  className?: string
}) {
  const most = week.reduce((one, other) => (requests(other) > requests(one) ? other : one))
  const sum = week.reduce((total, each) => total + requests(each), 0)
  const words = `Requests by weekday and hour: ${inDigits(sum)}, most on ${weekdayHourWords(most)} with ${inDigits(requests(most))}.`
  return (
    <Panel heading="When, by hour" aside={<Legend />} {...(className ? { className } : {})}>
      <figure role="img" aria-label={words} className="space-y-1 pt-2">
        {DAYS.map((name, index) => (
          <div key={name} className="flex h-4 items-center gap-0.5 sm:gap-1">
            <span className="w-8 shrink-0 text-[11.5px] text-muted">{name}</span>
            {week.slice(index * 24, index * 24 + 24).map((each) => (
              <span
                key={each.hour}
                title={`${weekdayHourWords(each)}: ${inDigits(requests(each))}`}
                className={`${CELL} h-full min-w-0 flex-1 ${tintOf(requests(each), requests(most))}`}
              />
            ))}
          </div>
        ))}
        <div className="flex pl-8.5 text-[11.5px] text-muted sm:pl-9">
          {[0, 6, 12, 18].map((hour) => (
            <span key={hour} className="flex-1">
              {String(hour).padStart(2, '0')}:00
            </span>
          ))}
        </div>
      </figure>
      <p className="mt-1 text-muted text-small">{timesWords(shown)}</p>
      <details className="mt-2 text-small">
        <summary className="w-fit cursor-pointer rounded-strip text-soft">Show as table</summary>
        <table className="mt-2 w-full max-w-100">
          <thead>
            <tr className="text-left text-muted [&>th]:font-medium">
              <th scope="col">Hour of the week</th>
              <th scope="col" className="text-right">
                Requests
              </th>
            </tr>
          </thead>
          <tbody>
            {week.map((each) => (
              <tr key={weekdayHourWords(each)}>
                <th scope="row" className="text-left font-normal">
                  {weekdayHourWords(each)}
                </th>
                <td className="text-right">{inDigits(requests(each))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Panel>
  )
}

const CELL = 'rounded-[2px] forced-color-adjust-none print:[print-color-adjust:exact]'

const requests = ({ active, refused }: WeekdayHour) => active + refused

/** Four steps of equal width up to the most; what there is at all is seen. */
const tintOf = (count: number, most: number) => STEPS[count === 0 ? 0 : Math.ceil((count / most) * 4)] ?? STEPS[4]

const Legend = () => (
  <span className="flex items-center gap-1">
    Fewer
    {STEPS.map((tint) => (
      <span key={tint} aria-hidden className={`size-3 ${CELL} ${tint}`} />
    ))}
    More
  </span>
)
