/** A column of rows as PostgreSQL writes an array of texts; several times as quick as the client's own way. */
export function textArray<Row>(rows: readonly Row[], of: (row: Row) => string | null): string {
  let list = ''
  for (const row of rows) {
    const text = of(row)
    list += text === null ? ',null' : NEEDS_ESCAPE.test(text) ? `,"${text.replace(ESCAPED, '\\$&')}"` : `,"${text}"`
  }
  return `{${list.slice(1)}}`
}

/** The same of what needs no quotes: numbers, and ids or names of ours of letters, digits, `-` and `_`. */
export function plainArray<Row>(rows: readonly Row[], of: (row: Row) => string | number | null): string {
  let list = ''
  for (const row of rows) list += `,${of(row)}`
  return `{${list.slice(1)}}`
}

const NEEDS_ESCAPE = /["\\]/
const ESCAPED = /["\\]/g
