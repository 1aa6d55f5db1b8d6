import { formatDate } from '#components/time/format'
import type { ReportView } from '#lib/reports/view'

/** "1 Nov 2026 to 21 Nov 2026": the first and the last day, by the days that the report tells. */
export function periodWords({ from, to, timeZone }: Pick<ReportView, 'from' | 'to' | 'timeZone'>): string {
  const [first, last] = [formatDate(from, timeZone), formatDate(new Date(to.getTime() - 1), timeZone)]
  return first === last ? first : `${first} to ${last}`
}

const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const

/** "1.2 MB" */
export function sizeWords(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`
}
