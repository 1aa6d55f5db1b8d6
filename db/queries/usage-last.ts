import type { Sql } from 'postgres'
import { plainArray, textArray } from '#db/queries/usage-columns'

/** The last use of a token that is known. */
export type UseRow = {
  readonly tokenId: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly ip: string | null
  readonly userAgent: string | null
  /** SHA-256 of the secret used, where its reveal was not finished; else null. */
  readonly opened: Uint8Array | null
}

/**
 * Sets the last use of each token, at most one row a token, unless a later one is known; and wipes what the secrets
 * used were derived from, since the first use ends a reveal: of that very secret, never of a newer one. Tokens are
 * locked before secrets and in the order of their ids, so that two of these never wait for each other. Deleted tokens
 * keep their last use as it was. Leans on tokens_pkey and token_secrets_pkey.
 */
export async function recordUses(sql: Sql, uses: readonly UseRow[]): Promise<void> {
  const opens = uses.some(({ opened }) => opened !== null)
  // Each token is looked for by its id, never the two lists in each other: plans are made for lists of any length.
  await sql`
    with held as materialized (
      select t.id, to_timestamp(u.at / 1000::float8) as at, u.ip, u.user_agent, u.opened
      from unnest(
        ${plainArray(uses, ({ tokenId }) => tokenId)}::text[],
        ${plainArray(uses, ({ at }) => at)}::bigint[],
        ${textArray(uses, ({ ip }) => ip)}::text[],
        ${textArray(uses, ({ userAgent }) => userAgent)}::text[],
        ${plainArray(uses, ({ opened }) => opened && Buffer.from(opened).toString('hex'))}::text[]
      ) as u (token_id, at, ip, user_agent, opened)
      join tokens t on t.id = u.token_id where t.deleted_at is null
      order by t.id for no key update of t
    ) ${opens ? sql`, opened as (${wipeOpened(sql)})` : sql``}
    update tokens t set last_used_at = h.at, last_used_ip = h.ip, last_used_user_agent = h.user_agent
    from held h where t.id = h.id and (t.last_used_at is null or t.last_used_at <= h.at)`
}

const wipeOpened = (sql: Sql) => sql`
  update token_secrets s set reveal_salt = null from held h
  where h.opened is not null and s.token_id = h.id and s.digest = decode(h.opened, 'hex') and s.reveal_open`
