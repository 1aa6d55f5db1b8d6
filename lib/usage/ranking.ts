import type { rankUsage } from '#db/queries/usage-rank'
import type { UsageRanking } from '#lib/usage/view'

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
