import { drawHeading } from '#lib/reports/pdf/frame'
import { PAGE, type Sheet } from '#lib/reports/pdf/sheet'
import { figure, share } from '#lib/reports/pdf/words'
import type { Summary } from '#lib/reports/summary'
import { REFUSALS } from '#lib/usage/choices'

const ROW = 17
const BAR = { x: PAGE.margin + 228, wide: 140 } as const
const RIGHT = PAGE.width - PAGE.margin

/** Why requests were refused, most frequent first: there are few reasons, so that they stand on one page. */
export function drawRefusals(sheet: Sheet, top: number, { totals }: Summary): number {
  let y = drawHeading(sheet, top, 'Why requests were refused', `${figure(totals.refused)} refused`) + 6
  if (totals.refused === 0) sheet.text('None was.', PAGE.margin, y, { colour: 'muted' })
  for (const { outcome, count } of totals.refusals) {
    sheet.text(REFUSALS[outcome], PAGE.margin, y, { most: BAR.x - PAGE.margin - 12 })
    sheet.box(BAR.x, y - 6, BAR.wide, 4, 'rest')
    sheet.box(BAR.x, y - 6, (BAR.wide * count) / totals.refused, 4, 'refused')
    sheet.text(figure(count), RIGHT - 72, y, { align: 'right', weight: 'semibold' })
    sheet.text(share(count, totals.refused), RIGHT, y, { align: 'right', colour: 'soft' })
    y += ROW
  }
  return y + 24
}
