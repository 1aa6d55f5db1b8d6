import { randomBytes } from 'node:crypto'
import type { Database } from '#db/client'
import { insertOrganization } from '#db/queries/organizations'
import { findTierByName } from '#db/queries/tiers'
import { insertMembership } from '#db/queries/users'
import { begunDatabases } from '#db/testing/begun-database'
import { createUser } from '#lib/accounts/create-user'
import type { AuditActor } from '#lib/audit/record'
import type { Actor, Role } from '#lib/authorization'
import type { Context } from '#lib/context'
import { addOrganization } from '#lib/organizations/create'
import { loadOrganization, type Organization } from '#lib/organizations/load'

export const NOW = new Date('2026-11-22T12:00:00.000Z')

/** A key as a browser makes one for a reveal. */
export const newRevealKey = () => randomBytes(16).toString('base64url')

const SYSTEM = { ip: '192.0.2.1', userAgent: 'test' }

const open = (db: Database, by: AuditActor, row: Parameters<typeof addOrganization>[2]) =>
  db.transaction((tx) => addOrganization(tx, by, row))

const openDatabase = begunDatabases(async ({ db }) => {
  const { platform, root } = await db.transaction(async (tx) => {
    const row = { kind: 'platform' as const, slug: 'platform', name: 'Test platform', createdAt: NOW }
    const platform = await loadOrganization(tx, (await insertOrganization(tx, row)).id)
    if (platform === null) throw new Error('no platform')
    const user = { email: 'root@test.example', name: 'Root', passwordHash: null, role: 'admin' as const }
    const { id: userId } = await createUser(tx, { ...user, organization: platform, now: NOW, ...SYSTEM })
    return { platform, root: { userId, email: user.email, ...SYSTEM } }
  })
  const made = { tierId: await tierId(db, 'Advanced'), createdAt: NOW }
  const reseller = { kind: 'reseller' as const, slug: 'northwind', name: 'Northwind', parentId: platform.id, ...made }
  const northwind = await open(db, root, reseller)
  const customer = { kind: 'customer' as const, slug: 'alder', name: 'Alder', parentId: northwind.id, ...made }
  return { root, platform, northwind, alder: await open(db, root, customer), advanced: made.tierId }
})

/** A database of the test's own with platform, reseller "Northwind" and customer "Alder" (Advanced), and a time that the test sets. */
export async function testWorld(options: { readonly connections?: number } = {}) {
  const { db, sql, url, root, platform, northwind, alder, advanced } = await openDatabase(options)
  let now = NOW
  const clock = () => now

  const organization = (name: string, parent: Organization, kind: 'reseller' | 'customer', tier = advanced) =>
    open(db, root, { kind, parentId: parent.id, slug: name.toLowerCase(), name, tierId: tier, createdAt: now })

  let people = 0
  /** A new person with that role there, ready to act. */
  const person = async (place: Organization, role: Role): Promise<Context> => {
    const email = `${role}-${people++}@test.example`
    const { id: userId } = await db.transaction((tx) =>
      createUser(tx, { email, name: email, passwordHash: null, organization: place, role, now, ...SYSTEM }),
    )
    return context({ userId, email, memberships: [{ organizationId: place.id, role }], confirmedAt: now, ...SYSTEM })
  }
  /** The same person, a member of another place too. */
  const join = async (ctx: Context, place: Organization, role: Role): Promise<Context> => {
    const membership = { organizationId: place.id, role }
    await db.transaction((tx) => insertMembership(tx, { userId: ctx.actor.userId, ...membership }))
    return context({ ...ctx.actor, memberships: [...ctx.actor.memberships, membership] })
  }
  const context = (actor: Actor): Context => ({ db, actor, clock, prefix: 'tok', sealKeys: [] })

  return {
    db,
    sql,
    url,
    clock,
    /** Moves the time on by so many milliseconds. */
    pass: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds)
    },
    platform,
    northwind,
    alder,
    organization,
    person,
    join,
    context,
    tier: (name: string) => tierId(db, name),
  }
}

async function tierId(db: Database, name: string): Promise<string> {
  const tier = await findTierByName(db, name)
  if (tier === null) throw new Error(`no tier ${name}`)
  return tier.id
}
