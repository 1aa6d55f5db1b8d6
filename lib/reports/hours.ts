import type { HourRow } from '#db/queries/reports-usage'

/** What came in an hour by one token. */
export type ReportHour = {
  readonly start: Date
  readonly token: string
  /** The token's name, or what those together are called. */
  readonly label: string
  readonly active: number
  readonly refused: number
}

/** What a row's token is called: personal tokens and those from above are told together, without their names. */
export const labelOf = ({ token, name }: Pick<HourRow, 'token' | 'name'>): string =>
  name ?? (token === 'personal' ? 'Personal tokens' : 'Tokens of organizations above')

/** Folds rows by outcome, which come in order, into one for each hour and token; the last one waits for what follows. */
export function foldOutcomes() {
  let open: ReportHour | null = null
  return {
    add(rows: readonly HourRow[]): readonly ReportHour[] {
      const ready: ReportHour[] = []
      for (const row of rows) {
        const before: ReportHour | null = open
        const isSame = before?.token === row.token && before.start.getTime() === row.start.getTime()
        if (before !== null && !isSame) ready.push(before)
        const { active, refused } = isSame && before !== null ? before : { active: 0, refused: 0 }
        const [good, bad] = row.outcome === 'active' ? [row.count, 0] : [0, row.count]
        const { start, token } = row
        open = { start, token, label: labelOf(row), active: active + good, refused: refused + bad }
      }
      return ready
    },
    end: (): readonly ReportHour[] => (open === null ? [] : [open]),
  }
}
