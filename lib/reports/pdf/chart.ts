import { drawHeading } from '#lib/reports/pdf/frame'
import { INNER, PAGE, type Sheet } from '#lib/reports/pdf/sheet'
import { counted, dayWords, figure } from '#lib/reports/pdf/words'
import type { Summary } from '#lib/reports/summary'

const LABELS = 40
const GOOD = 120
const LANE = 26

/**
 * Requests by day: those that were good as bars, those refused in a lane of their own beneath, each lane with its own
 * scale from 0. Gives where it ends.
 */
export function drawDays(
  sheet: Sheet,
  top: number,
  { days, totals: { active, refused } }: Summary,
  timeZone: string,
): number {
  const y = drawHeading(sheet, top, 'Requests by day', timeZone)
  sheet.text(`${figure(active)} active`, PAGE.margin + 12, y, { size: 8, colour: 'soft' })
  sheet.box(PAGE.margin, y - 7, 8, 8, 'good')
  sheet.text(`${figure(refused)} refused`, PAGE.margin + 112, y, { size: 8, colour: 'soft' })
  sheet.box(PAGE.margin + 100, y - 7, 8, 8, 'refused')
  const begin = y + 14
  drawLane(
    sheet,
    { y: begin, high: GOOD, colour: 'good', lines: 4 },
    days.map((day) => day.active),
  )
  drawLane(
    sheet,
    { y: begin + GOOD + 12, high: LANE, colour: 'refused', lines: 1 },
    days.map((day) => day.refused),
  )
  const foot = begin + GOOD + LANE + 26
  const labelled = Math.min(4, days.length)
  for (let nth = 0; nth < labelled; nth++) {
    const index = labelled === 1 ? 0 : Math.round((nth * (days.length - 1)) / (labelled - 1))
    const x =
      PAGE.margin + LABELS + ((INNER - LABELS) * (index + (nth === labelled - 1 && nth > 0 ? 1 : 0))) / days.length
    const align = nth === labelled - 1 && nth > 0 ? 'right' : 'left'
    sheet.text(dayWords(days[index]?.day ?? ''), x, foot, { size: 8, colour: 'muted', align })
  }
  drawBusiest(sheet, foot + 16, days)
  return foot + 40
}

function drawBusiest(sheet: Sheet, y: number, days: Summary['days']): void {
  const busiest = days.reduce<Summary['days'][number] | null>(
    (most, day) => (most !== null && most.active + most.refused >= day.active + day.refused ? most : day),
    null,
  )
  if (busiest === null || busiest.active + busiest.refused === 0) return
  const requests = counted(busiest.active + busiest.refused, 'request', 'requests')
  sheet.text(`Most on ${dayWords(busiest.day)}: ${requests}, ${figure(busiest.refused)} refused.`, PAGE.margin, y, {
    size: 9,
    colour: 'soft',
  })
}

type Lane = { readonly y: number; readonly high: number; readonly colour: 'good' | 'refused'; readonly lines: number }

function drawLane(sheet: Sheet, { y, high, colour, lines }: Lane, values: readonly number[]): void {
  const left = PAGE.margin + LABELS
  const most = roundUp(Math.max(...values, 0), lines)
  for (let line = 0; line <= lines; line++) {
    const at = y + high - (high * line) / lines
    sheet.rule(left, at, INNER - LABELS)
    sheet.text(figure((most * line) / lines), left - 6, at + 3, { size: 7.5, colour: 'muted', align: 'right' })
  }
  const step = (INNER - LABELS) / Math.max(values.length, 1)
  const gap = step > 3 ? Math.min(3, step * 0.2) : 0
  for (const [index, value] of values.entries()) {
    const tall = most === 0 ? 0 : (high * value) / most
    if (tall > 0) sheet.box(left + index * step + gap / 2, y + high - tall, step - gap, tall, colour)
  }
}

/** The next figure with one or two digits that so many lines divide. */
function roundUp(value: number, lines: number): number {
  if (value <= lines) return lines
  const unit = 10 ** Math.floor(Math.log10(value / lines))
  const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].map((step) => step * unit * lines)
  return steps.find((each) => each >= value && Number.isInteger(each / lines)) ?? value
}
