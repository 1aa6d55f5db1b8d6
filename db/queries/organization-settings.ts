import { eq, type SQL, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { organizations, policyCeilings } from '#db/schema/organizations'

/** An organization alone, or with all below it. */
export type Reach = { readonly organizationId: string; readonly below: boolean }

const within = ({ organizationId, below }: Reach): SQL =>
  below ? sql`o.path @> array[${organizationId}]::uuid[]` : sql`o.id = ${organizationId}`

// Personal tokens are reached through their owners' memberships: the tightest of their organizations counts for them.
const tokensWithin = (reach: Reach): SQL => sql`t.deleted_at is null and (
  t.organization_id in (select o.id from organizations o where ${within(reach)})
  or t.user_id in (select m.user_id from memberships m join organizations o on o.id = m.organization_id where ${within(reach)}))`

/** Changes an organization that is held. */
export async function updateOrganizationSettings(
  tx: Transaction,
  id: string,
  change: Partial<
    Pick<
      typeof organizations.$inferInsert,
      'name' | 'contact' | 'revealPolicy' | 'deletePolicy' | 'longestLifetimeDays' | 'neverExpiringAllowed'
    >
  >,
): Promise<void> {
  await tx.update(organizations).set(change).where(eq(organizations.id, id))
}

/** Changes the platform's ceilings; whoever does holds the platform. */
export async function updateCeilings(
  tx: Transaction,
  change: Partial<Omit<typeof policyCeilings.$inferInsert, 'onlyRow'>>,
): Promise<void> {
  await tx.update(policyCeilings).set(change)
}

/**
 * Destroys the sealed copy of every secret there, and tells how many. Whoever reveals holds the token: all tokens are
 * held first, in the order of their ids, so that no copy is sealed under a policy that was read before. The
 * organizations are to be held already, so that no token is made meanwhile. Leans on organizations_path,
 * memberships_organization and tokens_by_state.
 */
export async function destroySealed(tx: Transaction, reach: Reach, now: Date): Promise<number> {
  await tx.execute(sql`select from tokens t where ${tokensWithin(reach)} order by t.id for no key update`)
  const [row] = await tx.execute<{ count: number }>(sql`
    with destroyed as (
      update token_secrets s set sealed = null, seal_key_id = null
      where s.sealed is not null and s.token_id in (select t.id from tokens t where ${tokensWithin(reach)})
      returning s.token_id
    ), seen as (
      update tokens t set updated_at = ${now.toISOString()}::timestamptz where t.id in (select token_id from destroyed)
    )
    select count(*)::int as count from destroyed`)
  return row?.count ?? 0
}

/**
 * The same for the personal tokens of one person, who comes under a policy that keeps no secrets. Their tokens are held
 * first, in the order of their ids. Leans on tokens_name, in which the owner stands first.
 */
export async function destroySealedOf(tx: Transaction, userId: string): Promise<void> {
  await tx.execute(sql`select from tokens where owner_id = ${userId} order by id for no key update`)
  await tx.execute(sql`update token_secrets s set sealed = null, seal_key_id = null
    where s.sealed is not null and s.token_id in (select t.id from tokens t where t.owner_id = ${userId})`)
}

/** How many secrets there are sealed. Leans on token_secrets_sealed. */
export async function countSealed(db: Queryable, reach: Reach): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from token_secrets s join tokens t on t.id = s.token_id
    where s.sealed is not null and ${tokensWithin(reach)}`)
  return row?.count ?? 0
}

/**
 * The active organization and service tokens that would outlive that longest lifetime, or that never expire where
 * nothing may: the first few by organization and name and, on each row, how many there are. Personal ones are nobody
 * else's business. Leans on organizations_path and tokens_by_state.
 */
export async function listOutliving(
  db: Queryable,
  reach: Reach,
  limit: { readonly days: number | null; readonly foreverAllowed: boolean; readonly now: Date; readonly first: number },
) {
  return db.execute<{ id: string; name: string; slug: string; organization: string; count: number }>(sql`
    select t.id, t.name, o.slug, o.name as organization, (count(*) over ())::int as count
    from organizations o join tokens t on t.organization_id = o.id
      left join token_secrets s on s.token_id = t.id and s.state = 'current'
    where ${within(reach)} and t.deleted_at is null and t.revoked_at is null
      and (t.expires_at is null or t.expires_at > ${limit.now.toISOString()}::timestamptz)
      and case when t.expires_at is null then not ${limit.foreverAllowed}::boolean
        else t.expires_at > coalesce(s.minted_at, t.created_at) + ${limit.days}::int * interval '24 hours' end
    order by o.name, o.id, t.name_key, t.id
    limit ${limit.first}`)
}
