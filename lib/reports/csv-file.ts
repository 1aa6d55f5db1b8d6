import { CSV_MARK, csvLine } from '#lib/csv'
import type { FileStep, ReportFile } from '#lib/reports/file'
import { labelOf } from '#lib/reports/hours'

const COLUMNS = ['Start', 'Token id', 'Token name', 'Outcome', 'Count']

/** A report as CSV: a line for each hour, token and outcome, by the hour in UTC whatever the time zone. */
export function openCsv(): ReportFile {
  const encoder = new TextEncoder()
  return (step) => encoder.encode(linesOf(step))
}

function linesOf(step: FileStep): string {
  if (step.kind === 'begin') return CSV_MARK + csvLine(COLUMNS)
  if (step.kind !== 'hours') return ''
  return step.rows.map((row) => csvLine([row.start, row.token, labelOf(row), row.outcome, row.count])).join('')
}
