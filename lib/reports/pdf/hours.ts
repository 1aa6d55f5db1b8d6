import type { ReportHour } from '#lib/reports/hours'
import { BOTTOM, drawHeading, TOP } from '#lib/reports/pdf/frame'
import { INNER, PAGE, type Sheet } from '#lib/reports/pdf/sheet'
import { dayWords, figure, localTime } from '#lib/reports/pdf/words'

const GAP = 22
const WIDE = (INNER - GAP) / 2
const ROW = 11.5
const SIZE = 8

/**
 * The appendix: a line for each hour and token, two columns a page, each column beginning with its day.
 */
export function openHours(sheet: Sheet, timeZone: string) {
  const local = localTime(timeZone)
  let column = 2
  let y = BOTTOM
  let day = ''
  // Rows come by the hour: its words are found once.
  let hour = { start: Number.NaN, day: '', time: '' }

  const x = () => PAGE.margin + column * (WIDE + GAP)

  function nextColumn(): void {
    column += 1
    if (column > 1) {
      sheet.newPage()
      drawHeading(sheet, TOP, 'Requests by hour', timeZone)
      column = 0
    }
    y = TOP + 22
    day = ''
  }

  function drawDay(): void {
    y += 5
    sheet.text(dayWords(day), x(), y, { size: SIZE, weight: 'semibold' })
    for (const [label, right] of [
      ['Active', x() + WIDE - 46],
      ['Refused', x() + WIDE],
    ] as const)
      sheet.text(label, right, y, { size: 7, colour: 'muted', align: 'right' })
    sheet.rule(x(), y + 3.5, WIDE)
    y += ROW + 2.5
  }

  return {
    add({ start, label, active, refused }: ReportHour): void {
      const at = start.getTime()
      if (hour.start !== at) hour = { start: at, ...local(start) }
      // A day's name is followed by one line at least.
      const room = hour.day === day ? 0 : ROW + 7.5
      if (y + room > BOTTOM) nextColumn()
      if (hour.day !== day) {
        day = hour.day
        drawDay()
      }
      const left = x()
      sheet.text(hour.time, left, y, { size: SIZE, colour: 'muted' })
      sheet.text(label, left + 30, y, { size: SIZE, most: WIDE - 128 })
      sheet.text(figure(active), left + WIDE - 46, y, { size: SIZE, align: 'right' })
      sheet.text(figure(refused), left + WIDE, y, {
        size: SIZE,
        align: 'right',
        colour: refused === 0 ? 'muted' : 'text',
      })
      y += ROW
    },
  }
}
