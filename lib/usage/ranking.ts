import type { rankUsage } from '#db/queries/usage-read'

/** A group, and what came of it in a period. */
export type Ranked = {
  readonly group: string
  readonly requests: number
  readonly active: number
  readonly refused: number
}

/** The groups that came most in a period, and what came of the rest together. */
export type UsageRanking = {
  readonly top: readonly Ranked[]
  readonly rest: { readonly groups: number; readonly requests: number; readonly refused: number }
}

/** Rows of the query as a ranking. */
export function rankingFrom(rows: Awaited<ReturnType<typeof rankUsage>>): UsageRanking {
  const [first] = rows
  const left = (all: number, of: 'requests' | 'refused') => rows.reduce((rest, row) => rest - row[of], all)
  return {
    top: rows.map(({ group, requests, active, refused }) => ({ group, requests, active, refused })),
    rest: {
      groups: (first?.groups ?? 0) - rows.length,
      requests: left(first?.allRequests ?? 0, 'requests'),
      refused: left(first?.allRefused ?? 0, 'refused'),
    },
  }
}
