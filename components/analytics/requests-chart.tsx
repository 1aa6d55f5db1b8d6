import { Bars } from '#components/analytics/bars'
import { axisWords, startWords, timesWords } from '#components/analytics/words'
import { counted, inDigits } from '#components/tokens/counted'
import { Panel } from '#components/ui/panel'
import type { Analytics } from '#lib/usage/view'

type Buckets = Pick<Analytics, 'shown' | 'buckets'>

/** Requests by hour or day; refusals have a lane of their own with its own scale. The same figures stand in a table behind. */
export function RequestsChart({ shown, buckets, className }: Buckets & { className?: string }) {
  const { interval } = shown
  const bars = (of: 'active' | 'refused', word: string) =>
    buckets.map((each) => ({
      count: each[of],
      title: `${startWords(each.start, shown)}: ${inDigits(each[of])} ${word}`,
    }))
  const ticks = [0, 1, 2, 3].map((part) => buckets[Math.round(((buckets.length - 1) * part) / 3)]?.start)
  const words = describe({ shown, buckets })
  return (
    <Panel heading={`Requests by ${interval}`} aside={<Legend />} {...(className ? { className } : {})}>
      <figure role="img" aria-label={words} className="pt-2">
        <Bars bars={bars('active', 'good')} lines={4} height="h-34" fill="fill-chart-good" />
        <div className="h-4" />
        <Bars bars={bars('refused', 'refused')} lines={1} height="h-7" fill="fill-chart-refused" />
        <div className="mt-1.5 flex justify-between pl-12 text-[11.5px] text-muted">
          {ticks.map((tick, index) => (
            <span key={index}>{tick && axisWords(tick, shown)}</span>
          ))}
        </div>
      </figure>
      <p className="mt-1 text-muted text-small">{timesWords(shown)}</p>
      <details className="mt-2 text-small">
        <summary className="w-fit cursor-pointer rounded-strip text-soft">Show as table</summary>
        <BucketTable shown={shown} buckets={buckets} />
      </details>
    </Panel>
  )
}

function BucketTable({ shown, buckets }: Buckets) {
  return (
    <table className="mt-2 w-full max-w-100">
      <thead>
        <tr className="text-left text-muted [&>th]:font-medium">
          <th scope="col">{shown.interval === 'day' ? 'Day' : 'Hour'}</th>
          <th scope="col" className="text-right">
            Good
          </th>
          <th scope="col" className="text-right">
            Refused
          </th>
        </tr>
      </thead>
      <tbody>
        {buckets.map(({ start, active, refused }) => (
          <tr key={start.getTime()}>
            <th scope="row" className="text-left font-normal">
              {startWords(start, shown)}
            </th>
            <td className="text-right">{inDigits(active)}</td>
            <td className="text-right">{inDigits(refused)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function describe({ shown, buckets }: Buckets): string {
  const sum = (of: 'active' | 'refused') => buckets.reduce((total, each) => total + each[of], 0)
  const most = buckets.reduce((one, other) => (other.active + other.refused > one.active + one.refused ? other : one))
  const peak = `most ${shown.interval === 'day' ? 'on' : 'at'} ${startWords(most.start, shown)} with ${inDigits(most.active + most.refused)}`
  return `Requests by ${shown.interval}: ${inDigits(sum('active'))} good, ${inDigits(sum('refused'))} refused, ${peak}. ${counted(buckets.length, shown.interval)}.`
}

function Legend() {
  return (
    <span className="flex gap-4">
      {[
        ['Good', 'bg-chart-good'],
        ['Refused', 'bg-chart-refused'],
      ].map(([word, fill]) => (
        <span key={word} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={`size-2.5 rounded-[2px] forced-color-adjust-none ${fill}`} />
          {word}
        </span>
      ))}
    </span>
  )
}
