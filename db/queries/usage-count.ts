import type { Sql } from 'postgres'
import { LIMIT } from '#db/queries/transaction-limit'
import type { CountedUses } from '#db/queries/usage-add'
import { addBounded, type ComingHour, listFullHours } from '#db/queries/usage-bound'

/** Any number that nothing else takes advisory locks under. */
const LOCKS = 7_216_001

export type Counting<Hour> = {
  /** The connection that wrote, which ends with the server's memory. */
  readonly session: number
  /** Those hours whose values may have become `other`: nothing is sure of them. */
  readonly crowded: readonly Hour[]
}

/**
 * Adds uses to what is counted, all or nothing; `coming` are the hours of all of them. A value beyond the first 100 of a
 * token, organization and hour counts as `other`, whoever else writes meanwhile: writers take turns for tokens whose ids
 * begin alike, and take those turns in one order. Only hours that are not sure on this very `session`, and that have more
 * than 100 uses, are looked through. `commits` is told the transaction once nothing but its commit is left, whose answer
 * may be lost. Leans on the unique keys of the usage tables.
 */
export async function countUses<Hour extends ComingHour>(
  sql: Sql,
  { uses, coming, session }: { uses: CountedUses; coming: readonly Hour[]; session: number | null },
  commits: (transaction: string) => void,
): Promise<Counting<Hour>> {
  return await sql.begin(async (tx) => {
    const turns = [...new Set(coming.map(({ tokenId }) => tokenId.charCodeAt(0)))].toSorted((a, b) => a - b)
    // Only after the turns does a statement see what those before wrote.
    const [, , [begun]] = await Promise.all([
      tx.unsafe(LIMIT),
      tx`select pg_advisory_xact_lock(${LOCKS}, turn) from unnest(${turns}::int[]) turn`,
      tx<{ id: string; session: number }[]>`select pg_current_xact_id()::text as id, pg_backend_pid() as session`,
    ])
    if (begun === undefined) throw new Error('a transaction told nothing of itself')
    // What a server forgot when it crashed is not there any more, however sure one was of it.
    const unsure = begun.session === session ? coming.filter(({ sure }) => !sure) : coming
    const crowded = await addBounded(tx, uses, await listFullHours(tx, unsure))
    commits(begun.id)
    return { session: begun.session, crowded }
  })
}

/** How a transaction ended; one that this server knows nothing of never was. */
export async function fateOf(sql: Sql, transaction: string): Promise<'committed' | 'aborted' | 'in progress'> {
  const [row] = await sql<{ fate: 'committed' | 'aborted' | 'in progress' | null }[]>`
    select case when ${transaction}::xid8 < pg_snapshot_xmax(pg_current_snapshot())
      then pg_xact_status(${transaction}::xid8) end as fate`
  return row?.fate ?? 'aborted'
}
