import { endOfDay } from '#components/time/day'
import { REPORT_PERIODS, type ReportPeriodName } from '#lib/reports/choices'

/** What is chosen: a period by name, or from one day to another, both included. */
export type ChosenPeriod = { readonly name: ReportPeriodName; readonly first: string; readonly last: string }

type Instants = { readonly from: Date; readonly to: Date }
type Errors = { readonly first?: string; readonly last?: string }

/** The instants of a chosen period in the browser's own time zone, or what is wrong with it by field. */
export function instantsOf({ name, first, last }: ChosenPeriod, now: Date): Instants | { readonly errors: Errors } {
  const days = REPORT_PERIODS[name]
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()]
  if (days !== null) return { from: new Date(year, month, date - days + 1), to: new Date(year, month, date + 1) }
  const from = dayBefore(endOfDay(first))
  const to = endOfDay(last)
  if (from === null) return { errors: { first: 'Choose a day.' } }
  if (to === null) return { errors: { last: 'Choose a day.' } }
  return from < to ? { from, to } : { errors: { last: 'This must not be before the first day.' } }
}

const dayBefore = (at: Date | null) =>
  at === null ? null : new Date(at.getFullYear(), at.getMonth(), at.getDate() - 1)
