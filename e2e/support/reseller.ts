import { randomBytes } from 'node:crypto'
import { openDatabase } from '#db/client'
import { findLineageBySlug, updateOrganizations } from '#db/queries/organizations'
import { findTierByName } from '#db/queries/tiers'
import { findUserByEmailKey } from '#db/queries/users'
import { createUser } from '#lib/accounts/create-user'
import type { Context } from '#lib/context'
import { addOrganization } from '#lib/organizations/create'
import { editCustomer } from '#lib/organizations/edit-customer'
import { openCustomer } from '#lib/organizations/open-customer'
import { slugOf } from '#lib/organizations/schema'
import { suspendCustomer } from '#lib/organizations/suspend-customer'
import { createToken } from '#lib/tokens/create'
import { PASSWORD, type TierName } from './organization'
import { quickHash } from './quick-hash'
import { ofThisRun } from './run'

const FROM = { ip: '192.0.2.8', userAgent: 'test' }

export type TestReseller = Awaited<ReturnType<typeof makeReseller>>

/** A reseller below the platform for one test alone, with tier Advanced, an admin and no customers. */
export async function makeReseller() {
  const db = openDatabase(ofThisRun('E2E_DATABASE_URL'), { connections: 1 })
  const passwordHash = await quickHash(PASSWORD)
  const slug = `westbay-${randomBytes(6).toString('hex')}`
  const admin = `admin@${slug}.example`
  const now = new Date()
  const tier = async (name: TierName) => {
    const found = await findTierByName(db, name)
    if (found === null) throw new Error(`there is no tier ${name}`)
    return found.id
  }
  const advanced = await tier('Advanced')
  const { organization, userId } = await db.transaction(async (tx) => {
    const platform = (await findLineageBySlug(tx, 'platform')).at(-1)
    const root = await findUserByEmailKey(tx, 'admin@demo.example')
    if (platform === undefined || root === null) throw new Error('the sample data are missing')
    const organization = await addOrganization(
      tx,
      { userId: root.id, email: root.email, ...FROM },
      {
        kind: 'reseller',
        parentId: platform.id,
        slug,
        name: `Westbay ${slug.slice(-4)}`,
        tierId: advanced,
        createdAt: now,
      },
    )
    const person = { email: admin, name: 'admin', passwordHash, organization, role: 'admin' as const, now, ...FROM }
    return { organization, userId: (await createUser(tx, person)).id }
  })
  const memberships = [{ organizationId: organization.id, role: 'admin' as const }]
  const ctx: Context = {
    db,
    actor: { userId, email: admin, memberships, confirmedAt: null, ...FROM },
    clock: () => new Date(),
    prefix: 'tok',
    sealKeys: [],
  }

  /** Opens a customer with so many tokens. */
  const open = async (name: string, tierName: TierName, tokens = 1, parentId = organization.id, kind = 'customer') => {
    const opened = await openCustomer(
      { ...ctx, post: null },
      {
        parentId,
        name,
        slug: `${slugOf(name)}-${randomBytes(4).toString('hex')}`,
        kind: kind === 'reseller' ? 'reseller' : 'customer',
        tierId: await tier(tierName),
      },
    )
    const id = (await findLineageBySlug(db, opened.slug)).at(-1)?.id ?? ''
    for (let n = 1; n < tokens; n++) await createToken(ctx, { organizationId: id, name: `Token ${n}` })
    return { ...opened, id }
  }
  return {
    slug,
    name: organization.name,
    admin,
    open,
    setTier: async (name: TierName) => {
      const tierId = await tier(name)
      await db.transaction((tx) => updateOrganizations(tx, [organization.id], { tierId }))
    },
    /** Customers in every state that the list tells of. */
    fill: async () => {
      await open('Alder works', 'Advanced', 4)
      await open('Birchwood', 'Lite')
      await open('Dogwood', 'Advanced', 2)
      const juniper = await open('Juniper', 'Lite')
      await suspendCustomer(ctx, { organizationId: juniper.id })
      const reseller = await open(
        'Eastbay with a name that is quite long, as names are',
        'Advanced',
        1,
        organization.id,
        'reseller',
      )
      await open('Hazel', 'Advanced', 3, reseller.id)
      await editCustomer(ctx, { organizationId: reseller.id, tierId: await tier('Lite') })
    },
    close: () => db.close(),
  }
}
