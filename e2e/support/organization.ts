import { randomBytes } from 'node:crypto'
import { type Database, openDatabase } from '#db/client'
import { findLineageBySlug } from '#db/queries/organizations'
import { findTierByName } from '#db/queries/tiers'
import { findUserByEmailKey } from '#db/queries/users'
import { createUser } from '#lib/accounts/create-user'
import type { Role } from '#lib/authorization'
import type { Context } from '#lib/context'
import { addOrganization } from '#lib/organizations/create'
import type { Organization } from '#lib/organizations/load'
import { quickHash } from './quick-hash'
import { ofThisRun } from './run'

export const PASSWORD = 'a password for tests'

/** Of the sample accounts. */
export const DEMO_PASSWORD = 'tokenry-demo'

export type TierName = 'Lite' | 'Advanced'

export type TestOrganization = {
  readonly organization: Organization
  readonly slug: string
  readonly name: string
  /** E-mail addresses; each signs in with PASSWORD. */
  readonly admin: string
  readonly member: string
  readonly viewer: string
  readonly db: Database
  /** The admin as the verbs know them, at the present or another time. */
  readonly asAdmin: (at?: Date) => Context
}

const ROLES = ['admin', 'member', 'viewer'] as const
const FROM = { ip: '192.0.2.7', userAgent: 'test' }

let passwordHash: Promise<string> | undefined

/** A customer of Northwind for one test alone: no token but `Default`, an admin, a member and a viewer. */
export async function makeOrganization(tierName: TierName): Promise<TestOrganization & { close(): Promise<void> }> {
  passwordHash ??= quickHash(PASSWORD)
  const hash = await passwordHash
  const db = openDatabase(ofThisRun('E2E_DATABASE_URL'), { connections: 1 })
  const slug = `test-${randomBytes(6).toString('hex')}`
  const address = (role: Role) => `${role}@${slug}.example`
  const now = new Date()

  const { organization, adminId } = await db.transaction(async (tx) => {
    const northwind = (await findLineageBySlug(tx, 'northwind')).at(-1)
    const reseller = await findUserByEmailKey(tx, 'reseller@demo.example')
    const tier = await findTierByName(tx, tierName)
    if (northwind === undefined || reseller === null || tier === null) throw new Error('the sample data are missing')
    const organization = await addOrganization(
      tx,
      { userId: reseller.id, email: reseller.email, ...FROM },
      {
        kind: 'customer',
        parentId: northwind.id,
        slug,
        name: `Elm ${slug.slice(-4)}`,
        tierId: tier.id,
        createdAt: now,
      },
    )
    const person = (role: Role) => ({ email: address(role), name: role, passwordHash: hash, organization, role, now })
    const [admin] = await inTurn(ROLES, (role) => createUser(tx, { ...person(role), ...FROM }))
    if (admin === undefined) throw new Error('nobody was made')
    return { organization, adminId: admin.id }
  })

  const memberships = [{ organizationId: organization.id, role: 'admin' as const }]
  const actor = { userId: adminId, email: address('admin'), memberships, confirmedAt: null, ...FROM }
  return {
    organization,
    slug,
    name: organization.name,
    admin: address('admin'),
    member: address('member'),
    viewer: address('viewer'),
    db,
    asAdmin: (at) => ({ db, actor, clock: () => at ?? new Date(), prefix: 'tok', sealKeys: [] }),
    close: () => db.close(),
  }
}

async function inTurn<Item, Result>(items: readonly Item[], make: (item: Item) => Promise<Result>): Promise<Result[]> {
  const made: Result[] = []
  for (const item of items) made.push(await make(item))
  return made
}
