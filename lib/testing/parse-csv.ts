/** Reads CSV as RFC 4180 has it, a mark before it or not; knows nothing of how it was written. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy
  const body = text.replace(/^\uFEFF/, '')
  while (field.lastIndex < body.length) {
    const at = field.lastIndex
    const match = field.exec(body)
    if (match === null) throw new Error(`not a CSV field at ${at}`)
    const [, quoted, plain = '', end] = match
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
