const EVERY_MS = 200

/** Tells on a terminal, in one line that is written over, how many rows of which table are through; elsewhere nothing. */
export function showRows(verb: string) {
  const isTerminal = process.stderr.isTTY === true
  let shownAt = 0
  return {
    show(table: string, rows: number): void {
      if (!isTerminal || performance.now() - shownAt < EVERY_MS) return
      shownAt = performance.now()
      process.stderr.write(`\r\x1b[K${verb} ${table}: ${rows.toLocaleString('en')} rows`)
    },
    /** Clears the line. */
    end(): void {
      if (isTerminal && shownAt > 0) process.stderr.write('\r\x1b[K')
      shownAt = 0
    },
  }
}
