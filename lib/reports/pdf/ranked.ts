import { BOTTOM, drawHeading, TOP } from '#lib/reports/pdf/frame'
import { INNER, PAGE, type Sheet } from '#lib/reports/pdf/sheet'
import { figure, share } from '#lib/reports/pdf/words'
import type { Ranking } from '#lib/reports/summary'

const ROW = 17
const HEAD = 36

export type Ranked = {
  readonly heading: string
  readonly note?: string
  /** What the first column holds. */
  readonly of: string
  readonly ranking: Ranking
  readonly empty: string
}

/** A table of parts with their requests, most first, going on over pages. Gives where it ends. */
export function drawRanked(
  sheet: Sheet,
  top: number,
  { heading, note = '', of, ranking: { rows, more }, empty }: Ranked,
): number {
  let y = top
  const begin = (again: boolean) => {
    if (again || y + HEAD + 2 * ROW > BOTTOM) {
      sheet.newPage()
      y = TOP
    }
    y = drawHeading(sheet, y, heading, note) + 4
    if (rows.length > 0) drawHead(sheet, y, of)
    y += rows.length > 0 ? 18 : 4
  }
  begin(false)
  const most = Math.max(...rows.map(({ requests }) => requests), 1)
  for (const row of rows) {
    if (y > BOTTOM) begin(true)
    drawRow(sheet, y, row, most)
    y += ROW
  }
  const last = rows.length === 0 ? empty : more > 0 ? `and ${figure(more)} more` : ''
  if (last !== '') {
    sheet.text(last, PAGE.margin, y, { colour: 'muted' })
    y += ROW
  }
  return y + 18
}

const RIGHT = PAGE.width - PAGE.margin
const COLUMNS = { requests: RIGHT - 150, refused: RIGHT - 72, share: RIGHT, bar: PAGE.margin + 228, name: 216 } as const

function drawHead(sheet: Sheet, y: number, of: string): void {
  const style = { size: 8, colour: 'muted', align: 'right' } as const
  sheet.text(of, PAGE.margin, y, { ...style, align: 'left' })
  sheet.text('Requests', COLUMNS.requests, y, style)
  sheet.text('Refused', COLUMNS.refused, y, style)
  sheet.text('Refused of all', COLUMNS.share, y, style)
  sheet.rule(PAGE.margin, y + 5, INNER)
}

function drawRow(sheet: Sheet, y: number, row: Ranking['rows'][number], most: number): void {
  const { name, requests, refused } = row
  const beside = row.id ?? ''
  const id = beside === '' ? 0 : sheet.width(beside, { size: 7.5 }) + 6
  const shown = Math.min(sheet.width(name), COLUMNS.name - id)
  sheet.text(name, PAGE.margin, y, { most: COLUMNS.name - id })
  sheet.text(beside, PAGE.margin + shown + 6, y, { size: 7.5, colour: 'muted' })
  const bar = COLUMNS.requests - 56 - COLUMNS.bar
  sheet.box(COLUMNS.bar, y - 6, bar, 4, 'rest')
  sheet.box(COLUMNS.bar, y - 6, (bar * requests) / most, 4, 'good')
  sheet.text(figure(requests), COLUMNS.requests, y, { align: 'right', weight: 'semibold' })
  sheet.text(figure(refused), COLUMNS.refused, y, { align: 'right' })
  sheet.text(share(refused, requests), COLUMNS.share, y, { align: 'right', colour: 'soft' })
}
