import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { DeviceId } from '#lib/devices/schema'
import type { LineFault } from '#lib/devices/view'
import { displayName } from '#lib/names'

export const MOST_DEVICES = 5_000

type Device = { readonly id: string; readonly name: string }
type Parsed = { readonly devices: readonly Device[]; readonly faults: readonly LineFault[] }

/**
 * Reads an upload of devices: CSV (RFC 4180) in UTF-8, a mark before it or not, `id,name` on each line, with a heading
 * or without one; empty lines count for nothing. Every fault there is, by line, in order; with any, what was good is
 * not to be used.
 */
export function parseDevices(upload: Uint8Array): Parsed {
  if (!isUtf8(upload)) return fault(1, 'The file is not in UTF-8. Save it as CSV UTF-8.')
  const { rows: read, broken } = records(upload)
  const [heading] = read
  const isHeading = heading !== undefined && /^id,name$/i.test(heading.cells.map((cell) => cell.trim()).join())
  const rows = isHeading ? read.slice(1) : read
  const beyond = rows[MOST_DEVICES]
  if (beyond !== undefined) return fault(beyond.line, `These are more than ${MOST_DEVICES} devices. Split the file.`)
  if (rows.length === 0 && broken === null) return fault(1, 'There is no device in it.')
  const { devices, faults } = judge(rows)
  return { devices, faults: broken === null ? faults : [...faults, broken] }
}

type Row = { readonly line: number; readonly cells: readonly string[] }

function judge(rows: readonly Row[]): Parsed {
  const devices: Device[] = []
  const faults: LineFault[] = []
  const lines = new Map<string, number>()
  for (const { line, cells } of rows) {
    const [id, name] = [DeviceId.safeParse(cells[0]?.trim()), displayName.safeParse(cells[1] ?? '')]
    const earlier = id.success ? lines.get(id.data) : undefined
    const reasons = [
      ...(cells.length > 2 ? ['There are more than an id and a name. Put a name with a comma in quotes.'] : []),
      ...(id.success ? [] : [`The id is wrong. ${id.error.issues[0]?.message}`]),
      ...(name.success ? [] : [`The name is wrong. ${name.error.issues[0]?.message}`]),
      ...(earlier === undefined ? [] : [`Its id stands on line ${earlier} already.`]),
    ]
    if (id.success && earlier === undefined) lines.set(id.data, line)
    if (reasons.length > 0) faults.push({ line, reason: reasons.join(' ') })
    else if (id.success && name.success) devices.push({ id: id.data, name: name.data })
  }
  return { devices, faults }
}

/** The records, each with the line that it begins on, up to the first thing that is no CSV, which is `broken`. */
function records(upload: Uint8Array): { readonly rows: readonly Row[]; readonly broken: LineFault | null } {
  const rows: Row[] = []
  let ended = 0
  try {
    parse(Buffer.from(upload), {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // One more than counts, for the heading, and one to know that there are too many.
      to: MOST_DEVICES + 2,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines - cells.join('').split('\n').length + 1, cells })
        ended = lines
        return null
      },
    })
    return { rows, broken: null }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const reason = 'A quote that begins here is not closed, or stands in the middle of a cell.'
    return { rows, broken: { line: ended + 1, reason } }
  }
}

const fault = (line: number, reason: string): Parsed => ({ devices: [], faults: [{ line, reason }] })
