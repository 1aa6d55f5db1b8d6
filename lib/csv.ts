/** What a cell may hold: null is an empty one, times are written in RFC 3339, UTC. */
export type CsvCell = string | number | Date | null

/** Stands before the first line, or spreadsheets take UTF-8 for their own country's encoding. */
export const CSV_MARK = '\uFEFF'

/**
 * One line as RFC 4180 has it. A text that a spreadsheet would take for a formula begins with a `'` instead; numbers and
 * times are no texts.
 */
export const csvLine = (cells: readonly CsvCell[]) => `${cells.map(written).join(',')}\r\n`

function written(cell: CsvCell): string {
  if (cell === null) return ''
  if (cell instanceof Date) return cell.toISOString()
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The headers of a CSV that is saved under that name, of letters, digits, dots and hyphens alone; no cache keeps it. */
export const csvHeaders = (fileName: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${fileName.replace(/[^A-Za-z0-9.-]/g, '-')}"`,
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
})

/** Texts or bytes as a response's body: the next is asked for only once the one before it is on its way. */
export function streamOf(texts: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await texts.next()
        if (done === true) controller.close()
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      },
      async cancel() {
        await texts.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
