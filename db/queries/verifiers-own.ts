import type { Sql } from 'postgres'

/** What a verifier tells of itself every second. */
export type Beat = {
  readonly id: string
  readonly name: string
  readonly entries: number
  readonly hits: number
  readonly misses: number
  /** Milliseconds from the last notification to itself until that came; null: none came yet. */
  readonly lagMs: number | null
}

/**
 * Says that a verifier is there and, in the same commit, notifies a channel: what that brings to whoever listens stands
 * behind everything that was committed before. Leans on verifiers_pkey.
 */
export async function beat(sql: Sql, by: Beat, channel: string, payload: string): Promise<void> {
  const { id, name, entries, hits, misses, lagMs } = by
  await sql`
    with registered as (
      insert into verifiers as v (id, name, started_at, last_seen_at, entries, hits, misses, lag_ms)
      values (${id}, ${name}, clock_timestamp(), clock_timestamp(), ${entries}, ${hits}, ${misses}, ${lagMs})
      on conflict (id) do update set last_seen_at = excluded.last_seen_at, entries = excluded.entries,
        hits = excluded.hits, misses = excluded.misses, lag_ms = excluded.lag_ms
    )
    select pg_notify(${channel}, ${payload})`
}

/** Takes a verifier off the list. Leans on verifiers_pkey. */
export async function deregister(sql: Sql, id: string): Promise<void> {
  await sql`delete from verifiers where id = ${id}`
}

/** Says that a verifier refuses the tokens of these revocations from now on. Leans on revocations_pkey. */
export async function acknowledge(
  sql: Sql,
  by: Pick<Beat, 'id' | 'name'>,
  revocations: readonly number[],
): Promise<void> {
  await sql`
    insert into revocation_acknowledgements (revocation_id, verifier_id, verifier_name, at)
    select id, ${by.id}, ${by.name}, clock_timestamp() from revocations where id = any(${[...revocations]}::bigint[])
    on conflict do nothing`
}
