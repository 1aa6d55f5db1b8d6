import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'

/** Writes for programs: JSON, indented. */
export const printJson = (value: unknown) => print(JSON.stringify(value, null, 2))

export const print = (line: string) => void process.stdout.write(`${line}\n`)

/** Says something beside the result, which may be piped away. */
export const say = (line: string) => void process.stderr.write(`${line}\n`)

/**
 * Writes rows under headings, in columns that are as wide as the widest text. Texts of others can hold no control
 * characters, which a terminal would obey.
 */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [headings, ...rows.map((row) => row.map(plain))]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? ''))))
  for (const line of lines)
    print(
      line
        .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - stringWidth(text)))
        .join('  ')
        .trimEnd(),
    )
}

const plain = (text: string) => stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ')

/** A moment as people read it, in their own time zone; `absent` where there is none. */
export const moment = (time: string | null, absent: string) =>
  time === null ? absent : new Date(time).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
