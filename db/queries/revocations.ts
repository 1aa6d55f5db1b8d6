import { lt, type SQL, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { revocations } from '#db/schema/verifiers'

/** How long a verifier counts after it was last heard of: its lease of 5 s, and 1 s to be sure. */
export const COUNTS_FOR = sql`interval '6 seconds'`

/** Has verifiers told at the commit that a token is revoked, and keeps what they acknowledge it by; gives its id. */
export async function announceRevocation(tx: Transaction, tokenId: string): Promise<number> {
  const [row] = await tx.execute<{ id: number }>(sql`
    with announced as (
      insert into revocations (token_id, at) values (${tokenId}, clock_timestamp()) returning id
    )
    select id::float8 as id, pg_notify('tokenry_facts', 'r:' || id || ':' || ${tokenId}::text) from announced`)
  if (row === undefined) throw new Error('a revocation was not announced')
  return row.id
}

/** Whose tokens revocations ended, each owner once, deleted tokens included, and how many there are. Leans on primary keys. */
export async function findRevoked(db: Queryable, ids: readonly number[]) {
  const [row] = await db.execute<{
    count: number
    owners: readonly { readonly organizationId: string | null; readonly userId: string | null }[] | null
  }>(sql`
    select count(*)::int as count,
      json_agg(distinct jsonb_build_object('organizationId', t.organization_id, 'userId', t.user_id)) as owners
    from revocations r join tokens t on t.id = r.token_id
    where r.id in ${ids}`)
  return { count: row?.count ?? 0, owners: row?.owners ?? [] }
}

/** How verifiers answered revocations, all times by the database's clock. */
export type ProofRow = {
  /** When this was read, in milliseconds since 1970: the revocations were committed before. */
  readonly readAt: number
  /** When the first of them was ordered, likewise. */
  readonly at: number
  /** Those that had to refuse, in the order of their answers; `afterMs` null: one of the revocations lacks its answer. */
  readonly verifiers: readonly { readonly id: string; readonly name: string; readonly afterMs: number | null }[]
}

/**
 * What verifiers acknowledged of revocations: who did, and who was heard of shortly before, is registered still and did
 * not. One that started afterwards has nothing in memory from before. Null where there is none of these revocations.
 * Leans on primary keys; verifiers are few.
 */
export async function findProof(db: Queryable, ids: readonly number[]): Promise<ProofRow | null> {
  const [row] = await db.execute<ProofRow & { at: number | null }>(sql`
    with told as (select id, at from revocations where id in ${ids}),
    asked as (
      select a.verifier_id as id, a.verifier_name as name, ${milliseconds(sql`a.at - told.at`)} as after_ms
      from told join revocation_acknowledgements a on a.revocation_id = told.id
      union all
      select v.id, v.name, null
      from told join verifiers v on v.last_seen_at > told.at - ${COUNTS_FOR} and v.started_at <= told.at
      where not exists (
        select from revocation_acknowledgements a where a.revocation_id = told.id and a.verifier_id = v.id)
    ),
    answered as (
      select id, min(name) as name,
        case when count(*) = count(after_ms) then greatest(1, ceil(max(after_ms))) end as after_ms
      from asked group by id
    )
    select ${milliseconds(sql`clock_timestamp()`)} as "readAt",
      (select ${milliseconds(sql`min(at)`)} from told) as at,
      coalesce((
        select json_agg(json_build_object('id', id, 'name', name, 'afterMs', after_ms)
          order by after_ms nulls last, name, id)
        from answered), '[]') as verifiers`)
  return row === undefined || row.at === null ? null : row
}

const milliseconds = (time: SQL) => sql`(extract(epoch from ${time}) * 1000)::float8`

/** Forgets revocations ordered more than an hour ago, by the database's clock, with what was acknowledged. Leans on revocations_by_time. */
export async function deleteOldRevocations(db: Queryable): Promise<void> {
  await db.delete(revocations).where(lt(revocations.at, sql`clock_timestamp() - interval '1 hour'`))
}
