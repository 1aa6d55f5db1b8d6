import type { ReportFile } from '#lib/reports/file'
import { foldOutcomes, type ReportHour } from '#lib/reports/hours'
import type { ReportOrder } from '#lib/reports/order'
import { drawDays } from '#lib/reports/pdf/chart'
import { drawCover, periodWords } from '#lib/reports/pdf/cover'
import { drawFrame, TOP } from '#lib/reports/pdf/frame'
import { openHours } from '#lib/reports/pdf/hours'
import { drawRanked } from '#lib/reports/pdf/ranked'
import { drawRefusals } from '#lib/reports/pdf/refusals'
import { openSheet, type Sheet } from '#lib/reports/pdf/sheet'
import type { ExtendedGrouping, Summary } from '#lib/reports/summary'

const EXTENDED: readonly (readonly [ExtendedGrouping, heading: string, of: string])[] = [
  ['endpoint', 'By endpoint', 'Endpoint'],
  ['resource', 'By resource', 'Resource'],
  ['ip', 'By address', 'Address'],
  ['userAgent', 'By user agent', 'User agent'],
]

/** A report as PDF: cover, summary, and the hours; a page leaves when the next one begins. */
export function openPdf(order: ReportOrder): ReportFile {
  const frame = { name: order.organization.name, period: periodWords(order) }
  const title = `Usage report: ${frame.name}, ${frame.period}`
  const sheet = openSheet({ title, at: order.asked.at }, (each, page) => drawFrame(each, page, frame))
  const hours = openHours(sheet, order.timeZone)
  const fold = foldOutcomes()
  const drawHours = (rows: readonly ReportHour[]) => {
    for (const row of rows) hours.add(row)
  }
  return (step) => {
    if (step.kind === 'summary') {
      sheet.newPage()
      drawCover(sheet, order, step.summary)
      drawSummary(sheet, step.summary, order.timeZone)
    }
    if (step.kind === 'hours') drawHours(fold.add(step.rows))
    if (step.kind === 'end') {
      drawHours(fold.end())
      sheet.end()
    }
    return sheet.taken()
  }
}

function drawSummary(sheet: Sheet, summary: Summary, timeZone: string): void {
  sheet.newPage()
  let y = drawDays(sheet, TOP, summary, timeZone)
  y = drawRefusals(sheet, y + 8, summary)
  y = drawRanked(sheet, y, { heading: 'By token', of: 'Token', ranking: summary.tokens, empty: 'No token was used.' })
  for (const [grouping, heading, of] of EXTENDED) {
    const ranking = summary.extended?.[grouping]
    if (ranking !== undefined) y = drawRanked(sheet, y, { heading, of, ranking, empty: 'Nothing was told of it.' })
  }
}
