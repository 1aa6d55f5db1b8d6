import Link from 'next/link'
import { PERIOD_WORDS } from '#components/analytics/words'
import { choiceClass } from '#components/audit/choices'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { type AnalyticsSearch, analyticsHref, PERIODS, type Shown } from '#lib/usage/search'

/** What time is shown: the last so much as links, or days of one's own by a form that needs no script. */
export function PeriodChoices({ path, search, shown }: { path: string; search: AnalyticsSearch; shown: Shown }) {
  const { name, first, last } = shown
  return (
    <div className="mb-5 flex flex-wrap items-start gap-x-1 gap-y-2 print:hidden">
      <nav aria-label="Period" className="-mx-1 flex flex-wrap gap-0.5">
        {PERIODS.map((period) => (
          <Link
            key={period}
            href={analyticsHref(path, search, { period, first: null, last: null })}
            scroll={false}
            prefetch={false}
            {...(period === name ? { 'aria-current': 'true' } : {})}
            className={choiceClass(period === name)}
          >
            {PERIOD_WORDS[period]}
          </Link>
        ))}
      </nav>
      <details open={name === null} className="group open:basis-full">
        <summary
          className={`${choiceClass(name === null)} cursor-pointer list-none [&::-webkit-details-marker]:hidden`}
        >
          Custom
        </summary>
        <form
          key={`${first} ${last}`}
          aria-label="Dates"
          className="flex flex-wrap items-end gap-x-3 gap-y-2 px-1 py-2 max-sm:flex-col max-sm:items-stretch"
        >
          <Field label="First day">
            <Input type="date" name="first" required defaultValue={first} />
          </Field>
          <Field label="Last day">
            <Input type="date" name="last" required defaultValue={last} />
          </Field>
          <Button type="submit">Show</Button>
        </form>
      </details>
    </div>
  )
}
