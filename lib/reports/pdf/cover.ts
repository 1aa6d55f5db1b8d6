import type { ReportOrder } from '#lib/reports/order'
import { drawMark } from '#lib/reports/pdf/frame'
import { INNER, PAGE, type Sheet } from '#lib/reports/pdf/sheet'
import { counted, dayWords, figure, localTime, share } from '#lib/reports/pdf/words'
import type { Summary } from '#lib/reports/summary'

/** "1 Nov 2026 to 22 Nov 2026": the first and the last day, with times where the period begins or ends within a day. */
export function periodWords({ from, to, timeZone }: Pick<ReportOrder, 'from' | 'to' | 'timeZone'>): string {
  const local = localTime(timeZone)
  const [begin, end] = [local(from), local(to)]
  if (begin.time !== '00:00' || end.time !== '00:00')
    return `${dayWords(begin.day)}, ${begin.time} to ${dayWords(end.day)}, ${end.time}`
  const last = local(new Date(to.getTime() - 1)).day
  return last === begin.day ? dayWords(last) : `${dayWords(begin.day)} to ${dayWords(last)}`
}

/** The first page: whose report, of when, who asked for it, and what it comes to. */
export function drawCover(sheet: Sheet, order: ReportOrder, summary: Summary): void {
  const { margin } = PAGE
  drawMark(sheet, margin, margin, 26)
  sheet.text('Usage report', margin, 258, { size: 15, colour: 'accent', weight: 'semibold' })
  sheet.text(order.organization.name, margin, 298, { size: 32, weight: 'semibold', most: INNER })
  sheet.text(periodWords(order), margin, 330, { size: 15, colour: 'soft' })
  const asked = localTime(order.timeZone)(order.asked.at)
  const facts = [
    ['Time zone', order.timeZone],
    ['Asked for', `${dayWords(asked.day)}, ${asked.time}`],
    ['By', order.asked.by],
  ] as const
  for (const [index, [label, value]] of facts.entries()) {
    sheet.text(label, margin, 372 + 17 * index, { size: 10, colour: 'muted' })
    sheet.text(value, margin + 74, 372 + 17 * index, { size: 10, most: INNER - 74 })
  }
  sheet.rule(margin, 450, INNER)
  const { requests, active, refused } = summary.totals
  const figures = [
    [figure(requests), requests === 1 ? 'request' : 'requests'],
    [figure(active), `active, ${share(active, requests)}`],
    [figure(refused), `refused, ${share(refused, requests)}`],
  ] as const
  for (const [index, [value, label]] of figures.entries()) {
    sheet.text(value, margin + (index * INNER) / 3, 492, { size: 22, weight: 'semibold', most: INNER / 3 - 8 })
    sheet.text(label, margin + (index * INNER) / 3, 509, { size: 10, colour: 'soft' })
  }
  drawNotes(sheet, order, summary)
}

function drawNotes(sheet: Sheet, order: ReportOrder, { tokens, days }: Summary): void {
  const names = [order.organization.name, ...tokens.rows.map(({ name }) => name)]
  const notes = [
    `The summary of ${counted(days.length, 'day', 'days')} is followed by each hour by itself.`,
    'Usage is counted by the hour in UTC; an hour belongs to the day in which it begins.',
    ...(names.every(sheet.holds)
      ? []
      : ['Letters other than Latin ones are drawn as empty boxes; the id of the token stands beside its name.']),
  ]
  for (const [index, note] of notes.entries())
    sheet.text(note, PAGE.margin, 700 + 14 * index, { size: 9, colour: 'muted', most: INNER })
}
