import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { contains, type ListPlace, numbered, pageOf } from '#db/queries/numbered'
import { isActive } from '#db/queries/tokens'
import { serviceAccounts } from '#db/schema/service-accounts'
import { tokens } from '#db/schema/tokens'

const NAMED = 3

type LastCall = {
  readonly name: string
  readonly lastUsedAt: Date | null
  readonly lastUsedIp: string | null
  readonly lastUsedUserAgent: string | null
}

// JSON knows no times.
const asCalls = (
  rows: readonly (Omit<LastCall, 'lastUsedAt'> & { readonly lastUsedAt: string | null })[],
): LastCall[] => rows.map((row) => ({ ...row, lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt) }))

const columns = {
  id: serviceAccounts.id,
  name: serviceAccounts.name,
  role: serviceAccounts.role,
  scopes: serviceAccounts.scopes,
  devices: serviceAccounts.devices,
  disabledAt: serviceAccounts.disabledAt,
  createdAt: serviceAccounts.createdAt,
}

// Found by the owner, who stands first in tokens_name.
const ofIt = sql`${tokens.ownerId} = ${serviceAccounts.id} and ${tokens.deletedAt} is null`

const tokenColumns = (now: Date) => ({
  activeTokens: sql<number>`(select count(*)::int from ${tokens} where ${ofIt} and ${isActive(now)})`,
  /** The few active tokens that were used last, and who called with them then. */
  tokens: sql<LastCall[]>`coalesce((select json_agg(json_build_object('name', name, 'lastUsedAt', last_used_at,
      'lastUsedIp', last_used_ip, 'lastUsedUserAgent', last_used_user_agent)) from (
    select * from ${tokens} where ${ofIt} and ${isActive(now)}
    order by ${tokens.lastUsedAt} desc nulls last, ${tokens.id} limit ${NAMED}) latest), '[]')`.mapWith(asCalls),
  lastUsedAt: sql<Date | null>`(select max(${tokens.lastUsedAt}) from ${tokens} where ${ofIt})`.mapWith(
    tokens.lastUsedAt,
  ),
})

/**
 * One page of an organization's API users by name, each with its active tokens and when one was last used; `nameKey` is
 * looked for in the folded name, empty finds all. Leans on service_accounts_name and tokens_name.
 */
export async function listServiceAccounts(
  db: Queryable,
  organizationId: string,
  search: { readonly nameKey: string; readonly now: Date },
  place: ListPlace,
  size: number,
) {
  const list = db.$with('list').as(
    db
      .select({ id: serviceAccounts.id, ...numbered(sql`${serviceAccounts.nameKey}`) })
      .from(serviceAccounts)
      .where(
        and(
          eq(serviceAccounts.organizationId, organizationId),
          contains(sql`${serviceAccounts.nameKey}`, search.nameKey),
        ),
      ),
  )
  const page = pageOf(place, size)
  const rows = await db
    .with(list)
    .select({ position: list.position, total: list.total, ...columns, ...tokenColumns(search.now) })
    .from(list)
    .innerJoin(serviceAccounts, eq(serviceAccounts.id, list.id))
    .where(page.where)
    .orderBy(page.order)
    .limit(size)
  return page.backwards ? rows.reverse() : rows
}

/** How many API users an organization has, how many of them are disabled, and how many active tokens they have. Leans on service_accounts_name and tokens_by_state. */
export async function countServiceAccounts(db: Queryable, organizationId: string, now: Date) {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      disabled: sql<number>`count(${serviceAccounts.disabledAt})::int`,
      activeTokens: sql<number>`(select count(*)::int from ${tokens} where ${tokens.organizationId} = ${organizationId}
        and ${tokens.kind} = 'service' and ${isActive(now)})`,
    })
    .from(serviceAccounts)
    .where(eq(serviceAccounts.organizationId, organizationId))
  return row ?? { all: 0, disabled: 0, activeTokens: 0 }
}

/** An API user of that organization; null where there is none. Exact only while the organization is locked. Leans on service_accounts_pkey. */
export async function findServiceAccount(db: Queryable, organizationId: string, id: string) {
  const [found] = await db
    .select(columns)
    .from(serviceAccounts)
    .where(and(eq(serviceAccounts.id, id), eq(serviceAccounts.organizationId, organizationId)))
  return found ?? null
}

/** How another API user of the organization writes that name; null where none has it. Leans on service_accounts_name. */
export async function findTakenApiUserName(
  db: Queryable,
  organizationId: string,
  nameKey: string,
  exceptId?: string,
): Promise<string | null> {
  const [taken] = await db
    .select({ name: serviceAccounts.name })
    .from(serviceAccounts)
    .where(
      and(
        eq(serviceAccounts.organizationId, organizationId),
        eq(serviceAccounts.nameKey, nameKey),
        exceptId === undefined ? undefined : ne(serviceAccounts.id, exceptId),
      ),
    )
  return taken?.name ?? null
}

/** Adds an API user. */
export async function insertServiceAccount(
  tx: Transaction,
  row: typeof serviceAccounts.$inferInsert,
): Promise<{ id: string }> {
  const [inserted] = await tx.insert(serviceAccounts).values(row).returning({ id: serviceAccounts.id })
  if (inserted === undefined) throw new Error('insert returned no API user')
  return inserted
}

/**
 * Changes an API user, and marks its tokens as changed at `now`, since lists show what they are through it. Its
 * organization is held; tokens come after it in the order of locks, by id.
 */
export async function updateServiceAccount(
  tx: Transaction,
  id: string,
  change: Partial<Omit<typeof serviceAccounts.$inferInsert, 'id' | 'organizationId' | 'createdAt'>>,
  now: Date,
): Promise<void> {
  await tx.update(serviceAccounts).set(change).where(eq(serviceAccounts.id, id))
  await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(eq(tokens.serviceAccountId, id))
    .orderBy(asc(tokens.id))
    .for('no key update')
  await tx.update(tokens).set({ updatedAt: now }).where(eq(tokens.serviceAccountId, id))
}
