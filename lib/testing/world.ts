import { randomBytes } from 'node:crypto'
import type { Database } from '#db/client'
import { insertOrganization } from '#db/queries/organizations'
import { findTierByName } from '#db/queries/tiers'
import { insertMembership } from '#db/queries/users'
import { testDatabase } from '#db/testing/test-database'
import { createUser } from '#lib/accounts/create-user'
import type { Actor, Role } from '#lib/authorization'
import type { Context } from '#lib/context'
import { addOrganization } from '#lib/organizations/create'
import { loadOrganization, type Organization } from '#lib/organizations/load'

export const NOW = new Date('2026-11-22T12:00:00.000Z')

/** A key as a browser makes one for a reveal. */
export const newRevealKey = () => randomBytes(16).toString('base64url')

/** A database of the test's own with platform, reseller "Northwind" and customer "Alder" (Advanced), and a time that the test sets. */
export async function testWorld(options: { readonly connections?: number } = {}) {
  const { db, sql, url } = await testDatabase(options)
  let now = NOW
  const clock = () => now
  const system = { ip: '192.0.2.1', userAgent: 'test' }
  const advanced = await tierId(db, 'Advanced')

  const { platform, root } = await db.transaction(async (tx) => {
    const { id } = await insertOrganization(tx, {
      kind: 'platform',
      slug: 'platform',
      name: 'Test platform',
      createdAt: NOW,
    })
    const platform = await loadOrganization(tx, id)
    if (platform === null) throw new Error('no platform')
    const user = { email: 'root@test.example', name: 'Root', passwordHash: null, role: 'admin' as const }
    const { id: userId } = await createUser(tx, { ...user, organization: platform, now, ...system })
    return { platform, root: { userId, email: user.email, ...system } }
  })

  const organization = (name: string, parent: Organization, kind: 'reseller' | 'customer', tier = advanced) =>
    db.transaction((tx) =>
      addOrganization(tx, root, {
        kind,
        parentId: parent.id,
        slug: name.toLowerCase(),
        name,
        tierId: tier,
        createdAt: now,
      }),
    )

  let people = 0
  /** A new person with that role there, ready to act. */
  const person = async (place: Organization, role: Role): Promise<Context> => {
    const email = `${role}-${people++}@test.example`
    const { id: userId } = await db.transaction((tx) =>
      createUser(tx, { email, name: email, passwordHash: null, organization: place, role, now, ...system }),
    )
    return context({ userId, email, memberships: [{ organizationId: place.id, role }], confirmedAt: now, ...system })
  }
  /** The same person, a member of another place too. */
  const join = async (ctx: Context, place: Organization, role: Role): Promise<Context> => {
    const membership = { organizationId: place.id, role }
    await db.transaction((tx) => insertMembership(tx, { userId: ctx.actor.userId, ...membership }))
    return context({ ...ctx.actor, memberships: [...ctx.actor.memberships, membership] })
  }
  const context = (actor: Actor): Context => ({ db, actor, clock, prefix: 'tok', sealKeys: [] })

  const northwind = await organization('Northwind', platform, 'reseller')
  const alder = await organization('Alder', northwind, 'customer')
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
