import postgres, { type Sql, type TransactionSql } from 'postgres'
import { z } from 'zod'

const instant = z.coerce.date().nullable()

const Standing = z.object({
  revokedAt: instant,
  revokeReason: z.string().nullable(),
  compromised: z.boolean(),
  deletedAt: instant,
  expiresAt: instant,
  /** null: all that its owner has. */
  scopes: z.array(z.string()).nullable(),
  ipRanges: z.array(z.string()),
  /** When its current secret was minted; null: it has none. */
  mintedAt: instant,
})

const Difference = z.object({
  tokenId: z.string(),
  /** null where it is a person's own: its name is nobody else's business. */
  name: z.string().nullable(),
  /** The name of its organization, or the e-mail address of its owner. */
  owner: z.string(),
  old: Standing,
  restored: Standing,
  /** The secret that is restored as the current one was not that in the end. */
  isOtherSecret: z.boolean(),
  /** When that secret was to end at the latest; null: it was gone, or is the current one in both. */
  retiresAt: instant,
})

/** A restored token that stood otherwise in the old database. */
export type Difference = z.infer<typeof Difference>

/** What a restore makes undone, as far as the old database tells. */
export type Since = {
  /** In the order of the tokens' ids. */
  readonly differences: readonly Difference[]
  /** Tokens whose secret was minted since, so that it will not work, the rotated ones included. */
  readonly minted: number
}

/** The table that tells, for the length of the transaction, how tokens stood in the old database. */
const OLD = 'tokens_before_restore'

// Nothing but what the first release had, so that an old database of any version can be asked.
const standing = (sql: Sql | TransactionSql) => sql`
  select t.id, case when t.kind <> 'personal' then t.name end as name, coalesce(o.name, u.email) as owner,
    t.revoked_at, t.revoke_reason, t.compromised, t.deleted_at, t.expires_at,
    t.scopes, t.ip_ranges, s.digest, s.minted_at,
    r.digest as retiring_digest, r.retires_at
  from tokens t
    left join organizations o on o.id = t.organization_id
    left join users u on u.id = t.user_id
    left join token_secrets s on s.token_id = t.id and s.state = 'current'
    left join token_secrets r on r.token_id = t.id and r.state = 'retiring'`

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
    compromised boolean, deleted_at timestamptz, expires_at timestamptz, scopes text[], ip_ranges text[], digest bytea, minted_at timestamptz,
    retiring_digest bytea, retires_at timestamptz) on commit drop`
  const there = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    return await there.begin('isolation level repeatable read read only', async (old) => {
      const asJson = old<{ row: string }[]>`select to_jsonb(each)::text as row from (${standing(old)}) each`
      for await (const rows of asJson.cursor(1_000))
        await tx`
          insert into ${tx(OLD)} select (jsonb_populate_record(null::${tx(OLD)}, row::jsonb)).*
          from unnest(${rows.map(({ row }) => row)}::text[]) row`
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

// As JSON, since a client that drizzle has been given hands over times as text.
const standingOf = (tx: TransactionSql, token: string, secret: string) => tx`jsonb_build_object(
    'revokedAt', ${tx(token)}.revoked_at, 'revokeReason', ${tx(token)}.revoke_reason,
    'compromised', ${tx(token)}.compromised, 'deletedAt', ${tx(token)}.deleted_at,
    'expiresAt', ${tx(token)}.expires_at, 'mintedAt', ${tx(secret)}.minted_at,
    'scopes', ${tx(token)}.scopes, 'ipRanges', ${tx(token)}.ip_ranges)`

/**
 * Compares what was remembered with what was restored; null where the two are not of one installation, or nothing was
 * remembered.
 */
export async function compare(tx: TransactionSql, oldPlatform: string | undefined): Promise<Since | null> {
  if (oldPlatform === undefined || oldPlatform !== (await platformOf(tx))) return null
  const differences = await tx`
    select b.id as "tokenId", b.name, b.owner, ${standingOf(tx, 'b', 'b')} as old, ${standingOf(tx, 't', 's')} as restored,
      s.digest is not null and b.digest is distinct from s.digest as "isOtherSecret",
      case when b.retiring_digest = s.digest then b.retires_at end as "retiresAt"
    from ${tx(OLD)} b join tokens t on t.id = b.id left join token_secrets s on s.token_id = t.id and s.state = 'current'
    where t.deleted_at is null and ((s.digest is not null and b.digest is distinct from s.digest)
      or (b.deleted_at, b.revoked_at, b.expires_at, b.scopes, b.ip_ranges)
        is distinct from (t.deleted_at, t.revoked_at, t.expires_at, t.scopes, t.ip_ranges))
    order by b.id`
  const [minted] = await tx<{ count: number }[]>`
    select count(*)::int as count from ${tx(OLD)} b left join token_secrets s on s.token_id = b.id and s.state = 'current'
    where b.digest is not null and b.digest is distinct from s.digest`
  return { differences: z.array(Difference).parse([...differences]), minted: minted?.count ?? 0 }
}
