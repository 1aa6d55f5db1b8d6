import { INNER, PAGE, type Sheet } from '#lib/reports/pdf/sheet'

const MARK =
  'M6 2h20a4 4 0 0 1 4 4v4.5a1.5 1.5 0 0 1-1.5 1.5A6.5 6.5 0 0 0 22 18.5v10.1a1.4 1.4 0 0 0-1.4 1.4h-1.2a1.4 1.4 0 0 0-2.8 0h-1.2a1.4 1.4 0 0 0-2.8 0h-1.2a1.4 1.4 0 0 0-1.4-1.4V18.5A6.5 6.5 0 0 0 3.5 12 1.5 1.5 0 0 1 2 10.5V6a4 4 0 0 1 4-4Z'

/** The first line of a page's content stands no higher. */
export const TOP = PAGE.margin + 34
/** What a page shows ends here. */
export const BOTTOM = PAGE.height - PAGE.foot - 24

/** The mark and name of Tokenry, their upper left corner there. */
export function drawMark(sheet: Sheet, x: number, y: number, size: number): void {
  sheet.shape(MARK, x, y, size / 32, 'accent')
  sheet.text('Tokenry', x + size * 1.33, y + size * 0.72, { size: size * 0.72, weight: 'semibold' })
}

/** What each page but the cover has: whose report of when it is, and its number. No page knows how many there will be. */
export function drawFrame(sheet: Sheet, page: number, { name, period }: { name: string; period: string }): void {
  const foot = PAGE.height - PAGE.foot
  sheet.rule(PAGE.margin, foot - 14, INNER)
  sheet.text(`Page ${page}`, PAGE.width - PAGE.margin, foot, { size: 8, colour: 'muted', align: 'right' })
  if (page === 1) return
  sheet.text(name, PAGE.margin, foot, { size: 8, colour: 'muted', most: INNER - 60 })
  drawMark(sheet, PAGE.margin, PAGE.margin - 16, 13)
  sheet.text(period, PAGE.width - PAGE.margin, PAGE.margin - 6, { size: 8, colour: 'muted', align: 'right' })
}

/** The heading of a part, and in muted what is to be known of it. Gives where the part begins. */
export function drawHeading(sheet: Sheet, y: number, heading: string, note = ''): number {
  sheet.text(heading, PAGE.margin, y, { size: 13, weight: 'semibold' })
  sheet.text(note, PAGE.width - PAGE.margin, y, { size: 8, colour: 'muted', align: 'right' })
  return y + 16
}
