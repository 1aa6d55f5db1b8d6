import postgres, { type Sql, type TransactionSql } from 'postgres'

/** A token of which the old database knew better than the backup does. */
export type Undone = {
  readonly tokenId: string
  readonly what: 'revoked' | 'deleted' | 'rotated'
  readonly at: Date
  /** null where it is a person's own: its name is nobody else's business. */
  readonly name: string | null
  /** The name of its organization, or the e-mail address of its owner. */
  readonly owner: string
}

/** What a restore makes undone, as far as the old database tells. */
export type Since = {
  readonly undone: readonly Undone[]
  /** Tokens whose secret was minted since, so that it will not work, the rotated ones included. */
  readonly minted: number
}

/** The table that tells, for the length of the transaction, how tokens stood in the old database. */
const OLD = 'tokens_before_restore'

// Nothing but what the first release had, so that an old database of any version can be asked.
const standing = (sql: Sql | TransactionSql) => sql`
  select t.id, case when t.kind <> 'personal' then t.name end as name, coalesce(o.name, u.email) as owner,
    t.revoked_at, t.revoke_reason, t.compromised, t.deleted_at, s.digest, s.minted_at
  from tokens t
    left join organizations o on o.id = t.organization_id
    left join users u on u.id = t.user_id
    left join token_secrets s on s.token_id = t.id and s.state = 'current'`

const platformOf = async (sql: Sql | TransactionSql): Promise<string | undefined> => {
  const [platform] = await sql<{ id: string }[]>`select id from organizations where kind = 'platform'`
  return platform?.id
}

/** Keeps how tokens stand in this very database, before it is replaced; gives the id of its platform. */
export async function rememberHere(tx: TransactionSql): Promise<string | undefined> {
  await tx`create temporary table ${tx(OLD)} on commit drop as ${standing(tx)}`
  return platformOf(tx)
}

/** The same for the database at another URL. Throws an Error with one sentence where it does not tell. */
export async function rememberThere(tx: TransactionSql, url: string): Promise<string | undefined> {
  await tx`create temporary table ${tx(OLD)} (id text, name text, owner text, revoked_at timestamptz, revoke_reason text,
    compromised boolean, deleted_at timestamptz, digest bytea, minted_at timestamptz) on commit drop`
  const there = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    return await there.begin('isolation level repeatable read read only', async (old) => {
      for await (const rows of old`${standing(old)}`.cursor(1_000)) await tx`insert into ${tx(OLD)} ${tx(rows)}`
      return platformOf(old)
    })
  } catch (error) {
    throw new Error(`The database to compare with does not tell (${reasonOf(error)}).`, { cause: error })
  } finally {
    await there.end({ timeout: 5 })
  }
}

const reasonOf = (error: unknown) =>
  error instanceof postgres.PostgresError
    ? error.message
    : error instanceof Error && 'code' in error
      ? error.code
      : 'no reason given'

/**
 * Compares what was remembered with what was restored; null where the two are not of one installation, or nothing was
 * remembered.
 */
export async function compare(tx: TransactionSql, oldPlatform: string | undefined): Promise<Since | null> {
  if (oldPlatform === undefined || oldPlatform !== (await platformOf(tx))) return null
  const undone = await tx<Undone[]>`
    select * from (
      select b.id as "tokenId", b.name, b.owner,
        case when b.deleted_at is not null then 'deleted' when b.revoked_at is not null then 'revoked' else 'rotated' end as what,
        coalesce(b.deleted_at, b.revoked_at, b.minted_at) as at
      from ${tx(OLD)} b join tokens t on t.id = b.id left join token_secrets s on s.token_id = t.id and s.state = 'current'
      where t.deleted_at is null and (b.deleted_at is not null or (b.revoked_at is not null and t.revoked_at is null)
        or (b.digest is not null and b.digest <> s.digest))
    ) undone order by at, "tokenId"`
  const [minted] = await tx<{ count: number }[]>`
    select count(*)::int as count from ${tx(OLD)} b left join token_secrets s on s.token_id = b.id and s.state = 'current'
    where b.digest is not null and b.digest is distinct from s.digest`
  return { undone: [...undone], minted: minted?.count ?? 0 }
}

/**
 * Revokes in the restored database every token that had been revoked or deleted in the old one, each with its event in
 * the trail; gives how many. What is revoked already stays as it is.
 */
export async function revokeAgain(tx: TransactionSql, now: Date): Promise<number> {
  const events = await tx`
    with again as (
      update tokens t set revoked_at = ${now}, revoked_by = null, compromised = b.compromised, updated_at = ${now},
        revoke_reason = format('%s on %s, before a backup was restored%s',
          case when b.deleted_at is null then 'Revoked' else 'Deleted' end,
          to_char(coalesce(b.deleted_at, b.revoked_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI UTC'), ': ' || b.revoke_reason)
      from ${tx(OLD)} b
      where b.id = t.id and t.revoked_at is null and t.deleted_at is null and (b.revoked_at is not null or b.deleted_at is not null)
      returning t.id, t.organization_id, t.name, t.revoke_reason
    )
    insert into audit_events (at, action, organization_id, actor_name, target_type, target_id, target_name, details)
    select ${now}, 'token.revoked', organization_id, 'Tokenry', 'token', id, name, jsonb_build_object('reason', revoke_reason)
    from again order by id`
  return events.count
}
