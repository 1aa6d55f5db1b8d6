import { test } from 'vitest'
import { editCustomer } from '#lib/organizations/edit-customer'
import { suspendCustomer } from '#lib/organizations/suspend-customer'
import { setPolicies } from '#lib/policies/set'
import { createApiUser } from '#lib/service-accounts/create'
import { disableApiUser } from '#lib/service-accounts/disable'
import { editApiUser } from '#lib/service-accounts/edit'
import { expectOneOrder, type Scene } from '#lib/testing/one-order'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { restoreToken } from '#lib/tokens/restore'
import { revokeToken } from '#lib/tokens/revoke'

const ROUNDS = 6

/** Customers alike below Northwind, each with two admins, and what the trail of each tells since its acts began. */
async function customers() {
  const world = await testWorld({ connections: 10 })
  const { northwind, alder, organization, person, join, sql, tier, platform } = world
  const above = await person(northwind, 'admin')
  const root = await person(platform, 'admin')
  const [someone, another] = [await person(alder, 'viewer'), await person(alder, 'viewer')]
  const lite = await tier('Lite')
  let count = 0
  const open = async () => {
    const { id: organizationId } = await organization(`Customer${count++}`, northwind, 'customer')
    const place = { ...northwind, id: organizationId }
    const [admin, other] = [await join(someone, place, 'admin'), await join(another, place, 'admin')]
    const make = (name: string, more: object = {}) => createToken(admin, { organizationId, name, ...more })
    const trailFrom = async () => {
      const [last] = await sql`select max(id)::text as id from audit_events`
      return async () => {
        const events = await sql`select action, details from audit_events
          where organization_id = ${organizationId} and id > ${last?.['id']} order by id`
        return events.map(({ action, details }) => [action, details?.changes ?? null])
      }
    }
    return { organizationId, admin, other, make, trailFrom }
  }
  return { ...world, above, root, lite, open }
}

test('a tier lowered while tokens are made: no token comes after it beyond the new limit', async () => {
  const world = await customers()
  await expectOneOrder(world, ROUNDS, async (): Promise<Scene> => {
    const { organizationId, admin, make, trailFrom } = await world.open()
    const { id: tokenId } = await make('Revoked')
    await revokeToken(admin, { tokenId })
    return {
      acts: [
        ['make', () => make('One')],
        ['restore', () => restoreToken(admin, { tokenId })],
        ['lower', () => editCustomer(world.above, { organizationId, tierId: world.lite })],
      ],
      look: await trailFrom(),
    }
  })
})

test('a limit lowered while tokens are made holds for whatever comes after it', async () => {
  const world = await customers()
  await expectOneOrder(world, ROUNDS, async (): Promise<Scene> => {
    const { organizationId, make, trailFrom } = await world.open()
    return {
      acts: [
        ['make', () => make('One')],
        ['make', () => make('Two')],
        ['lower', () => editCustomer(world.root, { organizationId, tokenLimit: 2 })],
      ],
      look: await trailFrom(),
    }
  })
})

test('a customer suspended while tokens are made and widened: nothing of that comes after it', async () => {
  const world = await customers()
  await expectOneOrder(world, ROUNDS, async (): Promise<Scene> => {
    const { organizationId, admin, make, trailFrom } = await world.open()
    const wider = await make('Wider', { scopes: [] })
    return {
      acts: [
        ['make', () => make('One')],
        ['widen', () => editToken(admin, { tokenId: wider.id, scopes: ['data:read'] })],
        ['suspend', () => suspendCustomer(world.above, { organizationId })],
      ],
      look: await trailFrom(),
    }
  })
})

test('admins who tighten one policy at once: each is judged by what the one before left', async () => {
  const world = await customers()
  await expectOneOrder(world, ROUNDS, async (): Promise<Scene> => {
    const { organizationId, admin, other, trailFrom } = await world.open()
    const set = (ctx: typeof admin, change: object) =>
      setPolicies({ ...ctx, maySeal: true }, { organizationId, ...change })
    const trail = await trailFrom()
    return {
      acts: [
        ['sixty', () => set(admin, { longestLifetimeDays: 60 })],
        ['thirty', () => set(other, { longestLifetimeDays: 30, neverExpiringAllowed: false })],
        ['above', () => set(world.above, { longestLifetimeDays: 90, neverExpiringAllowed: true })],
      ],
      look: async () => [
        await trail(),
        await world.sql`select longest_lifetime_days, never_expiring_allowed from organizations where id = ${organizationId}`,
      ],
    }
  })
})

test('an API user narrowed and disabled while tokens of it are made: none comes after with more than it has', async () => {
  const world = await customers()
  await expectOneOrder(world, ROUNDS, async (): Promise<Scene> => {
    const { organizationId, admin, other, make, trailFrom } = await world.open()
    const scopes = ['data:read', 'tokens:write']
    const { id } = await createApiUser(admin, { organizationId, name: 'Robot', role: 'admin', scopes, devices: null })
    const ids = { organizationId, apiUserId: id }
    return {
      acts: [
        ['wide', () => make('Wide', { serviceAccountId: id, scopes })],
        ['less', () => editApiUser(other, { ...ids, role: 'viewer', scopes: ['data:read', 'reports:read'] })],
        ['disable', () => disableApiUser(other, ids)],
      ],
      look: await trailFrom(),
    }
  })
})
