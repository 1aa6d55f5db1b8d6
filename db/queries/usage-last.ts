import type { Sql } from 'postgres'

/** The last use of a token that is known. */
export type UseRow = {
  readonly tokenId: string
  readonly at: Date
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
  await sql`
    with use as materialized (
      select * from unnest(
        ${uses.map(({ tokenId }) => tokenId)}::text[],
        ${uses.map(({ at }) => at.toISOString())}::timestamptz[],
        ${uses.map(({ ip }) => ip)}::text[],
        ${uses.map(({ userAgent }) => userAgent)}::text[],
        ${uses.map(({ opened }) => opened && Buffer.from(opened).toString('hex'))}::text[]
      ) as u (token_id, at, ip, user_agent, opened)
    ), held as materialized (
      select id from tokens where id in (select token_id from use) and deleted_at is null
      order by id for no key update
    ), used as (
      update tokens t set last_used_at = u.at, last_used_ip = u.ip, last_used_user_agent = u.user_agent
      from use u join held h on h.id = u.token_id
      where t.id = u.token_id and (t.last_used_at is null or t.last_used_at <= u.at)
    )
    update token_secrets s set reveal_salt = null
    from use u join held h on h.id = u.token_id
    where s.token_id = u.token_id and s.digest = decode(u.opened, 'hex') and s.reveal_open`
}
