import { and, arrayContains, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { contains, type ListPlace, numbered, pageOf } from '#db/queries/numbered'
import { devices } from '#db/schema/devices'
import { invitations } from '#db/schema/invitations'
import { serviceAccounts } from '#db/schema/service-accounts'
import { tokens } from '#db/schema/tokens'
import { memberships } from '#db/schema/users'

export type DeviceSearch = { readonly nameKey: string; readonly id: string }

// What lists them and what is narrowed to them both name the organization first.
const found = (organizationId: string, search: DeviceSearch) =>
  and(
    eq(devices.organizationId, organizationId),
    or(contains(sql`${devices.nameKey}`, search.nameKey), contains(sql`lower(${devices.id})`, search.id)),
  )

// Written by hand: of a query on one table drizzle leaves the tables' names out.
const counted = (from: string, more = '') =>
  sql<number>`(select count(*)::int from ${sql.raw(from)} one where one.organization_id = devices.organization_id
    and devices.id = any(one.devices)${sql.raw(more)})`

/** How many tokens, members and API users are narrowed to a device, among others or alone. */
const narrowed = {
  tokens: counted('tokens', ' and one.deleted_at is null'),
  members: counted('memberships'),
  apiUsers: counted('service_accounts'),
}

/**
 * One page of an organization's devices by name, each with how many are narrowed to it. Leans on devices_by_name,
 * tokens_by_state, memberships_organization and service_accounts_name.
 */
export async function listDevices(
  db: Queryable,
  organizationId: string,
  search: DeviceSearch,
  place: ListPlace,
  size: number,
) {
  const list = db.$with('list').as(
    db
      .select({ id: devices.id, ...numbered(sql`${devices.nameKey}, ${devices.id}`) })
      .from(devices)
      .where(found(organizationId, search)),
  )
  const page = pageOf(place, size)
  const rows = await db
    .with(list)
    .select({
      id: list.id,
      position: list.position,
      total: list.total,
      name: devices.name,
      createdAt: devices.createdAt,
      ...narrowed,
    })
    .from(list)
    .innerJoin(devices, and(eq(devices.id, list.id), eq(devices.organizationId, organizationId)))
    .where(page.where)
    .orderBy(page.order)
    .limit(size)
  return page.backwards ? rows.reverse() : rows
}

/** The first so many devices that a search finds, by name. Leans on devices_by_name. */
export const listDeviceChoices = (db: Queryable, organizationId: string, search: DeviceSearch, limit: number) =>
  db
    .select({ id: devices.id, name: devices.name, total: sql<number>`(count(*) over ())::int` })
    .from(devices)
    .where(found(organizationId, search))
    .orderBy(devices.nameKey, devices.id)
    .limit(limit)

/** How many devices an organization has, and how many there are narrowed to some. */
export async function countDevices(db: Queryable, organizationId: string) {
  const [row] = await db.execute<{ devices: number; tokens: number; members: number; apiUsers: number }>(sql`select
    (select count(*)::int from devices where organization_id = ${organizationId}) as devices,
    (select count(*)::int from tokens
      where organization_id = ${organizationId} and deleted_at is null and devices is not null) as tokens,
    (select count(*)::int from memberships
      where organization_id = ${organizationId} and devices is not null) as members,
    (select count(*)::int from service_accounts
      where organization_id = ${organizationId} and devices is not null) as "apiUsers"`)
  return row ?? { devices: 0, tokens: 0, members: 0, apiUsers: 0 }
}

/** Whether an organization has any device. Leans on devices_pkey. */
export async function anyDevice(db: Queryable, organizationId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: devices.id })
    .from(devices)
    .where(eq(devices.organizationId, organizationId))
    .limit(1)
  return row !== undefined
}

/** A device with how many are narrowed to it; null where there is none. Leans on devices_pkey. */
export async function findDevice(db: Queryable, organizationId: string, id: string) {
  const [device] = await db
    .select({ id: devices.id, name: devices.name, ...narrowed })
    .from(devices)
    .where(and(eq(devices.organizationId, organizationId), eq(devices.id, id)))
  return device ?? null
}

/** Those of the ids that are registered, with their names. Leans on devices_pkey. */
export const findDevices = (db: Queryable, organizationId: string, ids: readonly string[]) =>
  db
    .select({ id: devices.id, name: devices.name })
    .from(devices)
    .where(and(eq(devices.organizationId, organizationId), inArray(devices.id, [...ids])))

type NewDevice = { readonly id: string; readonly name: string; readonly nameKey: string }

/**
 * Registers devices that are new and renames those that are not; all in one statement. The organization is held. Tells
 * how many of each; those whose name stays are neither.
 */
export async function upsertDevices(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewDevice[],
  now: Date,
): Promise<{ added: number; renamed: number }> {
  const column = (key: keyof NewDevice) => sql`${sql.param(rows.map((row) => row[key]))}::text[]`
  const written = await tx.execute<{ added: boolean }>(sql`
    insert into devices (organization_id, id, name, name_key, created_at)
    select ${organizationId}, given.id, given.name, given.name_key, ${now.toISOString()}::timestamptz
    from unnest(${column('id')}, ${column('name')}, ${column('nameKey')}) as given (id, name, name_key)
    on conflict (organization_id, id) do update set name = excluded.name, name_key = excluded.name_key
      where devices.name <> excluded.name
    returning xmax = 0 as added`)
  const added = written.filter((row) => row.added).length
  return { added, renamed: written.length - added }
}

/**
 * Removes a device and takes it out of whatever is narrowed to it, open invitations included; what was narrowed to it
 * alone is narrowed to nothing then. The organization is held; API users and then tokens come after it in the order of
 * locks, each by id.
 */
export async function deleteDevice(tx: Transaction, organizationId: string, id: string, now: Date): Promise<void> {
  await tx.delete(devices).where(and(eq(devices.organizationId, organizationId), eq(devices.id, id)))
  const acting = and(eq(serviceAccounts.organizationId, organizationId), arrayContains(serviceAccounts.devices, [id]))
  const { id: apiUser } = serviceAccounts
  await tx.select({ apiUser }).from(serviceAccounts).where(acting).orderBy(asc(apiUser)).for('no key update')
  await tx
    .update(serviceAccounts)
    .set({ devices: sql`array_remove(${serviceAccounts.devices}, ${id})` })
    .where(acting)
  const narrowed = and(eq(tokens.organizationId, organizationId), arrayContains(tokens.devices, [id]))
  await tx.select({ id: tokens.id }).from(tokens).where(narrowed).orderBy(asc(tokens.id)).for('no key update')
  await tx
    .update(tokens)
    .set({ devices: sql`array_remove(${tokens.devices}, ${id})`, updatedAt: now })
    .where(narrowed)
  await tx
    .update(memberships)
    .set({ devices: sql`array_remove(${memberships.devices}, ${id})` })
    .where(and(eq(memberships.organizationId, organizationId), arrayContains(memberships.devices, [id])))
  await tx
    .update(invitations)
    .set({ devices: sql`array_remove(${invitations.devices}, ${id})` })
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        arrayContains(invitations.devices, [id]),
      ),
    )
}
