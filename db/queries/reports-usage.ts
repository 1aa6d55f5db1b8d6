import { sqlOf, type Transaction } from '#db/client'
import type { outcome } from '#db/schema/usage'

export type HourRow = {
  /** The beginning of an hour in UTC. */
  readonly start: Date
  /** A token's id; `personal` are all personal tokens together, `above` those of organizations above. */
  readonly token: string
  /** null of those together. */
  readonly name: string | null
  readonly outcome: (typeof outcome.enumValues)[number]
  readonly count: number
}

/**
 * What came in an organization in the hours that begin in a period, `to` not part of it, by hour, token and outcome; so
 * many rows at a time: the database sorts once, and holds the rest back until it is asked for. Leans on the first column
 * of usage_hours_key and on the primary key of tokens.
 */
export async function* streamHours(
  tx: Transaction,
  { organizationId, from, to }: { readonly organizationId: string; readonly from: Date; readonly to: Date },
  rowsAtOnce: number,
): AsyncGenerator<readonly HourRow[]> {
  const cursor = sqlOf(tx)<(Omit<HourRow, 'start'> & { readonly start: string })[]>`
    select h.hour as start,
      case when t.organization_id = ${organizationId} then t.id when t.user_id is not null then 'personal' else 'above' end
        collate "C" as token,
      min(t.name) filter (where t.organization_id = ${organizationId}) as name, h.outcome, sum(h.count)::float8 as count
    from usage_hours h join tokens t on t.id = h.token_id
    where h.organization_id = ${organizationId}
      and h.hour >= ${from.toISOString()}::timestamptz and h.hour < ${to.toISOString()}::timestamptz
    group by h.hour, 2, h.outcome order by h.hour, 2, h.outcome`.cursor(rowsAtOnce)
  for await (const rows of cursor) yield rows.map((row) => ({ ...row, start: new Date(row.start) }))
}
