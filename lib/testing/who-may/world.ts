import type { Database } from '#db/client'
import { insertServiceAccount } from '#db/queries/service-accounts'
import { insertSession } from '#db/queries/sessions'
import type { Role } from '#lib/authorization'
import type { Context } from '#lib/context'
import { nameKey } from '#lib/names'
import type { Organization } from '#lib/organizations/load'
import type { Standing } from '#lib/testing/who-may/table'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'

type World = Awaited<ReturnType<typeof testWorld>>

/** Somebody with how they stand to the organization that is acted on. */
export type Person = {
  readonly relation: string
  readonly standing: Standing
  /** To the platform. */
  readonly atPlatform: Standing
  readonly ctx: Context
}

const OUTSIDE: Standing = { role: null, adminAbove: false }

/**
 * The platform, reseller Northwind, reseller Target with the customer Below, a sibling and a stranger; somebody in every
 * relation to Target; and in Target a token in every state that a verb may need, and one of each other thing.
 */
export async function whoMayWorld() {
  const world = await testWorld({ connections: 4 })
  const { organization, northwind, platform } = world
  const target = await organization('Target', northwind, 'reseller')
  const below = await organization('Below', target, 'customer')
  const sibling = await organization('Sibling', northwind, 'customer')
  const stranger = await organization('Stranger', platform, 'reseller')
  const people = await everybody(world, { platform, northwind, target, below, sibling, stranger })
  const admin = people.find(({ relation }) => relation === 'its admin')?.ctx
  if (admin === undefined) throw new Error('Target has an admin')
  const above = people.find(({ relation }) => relation === 'admin one level above')?.ctx
  if (above === undefined) throw new Error('Northwind has an admin')
  const things = { ...(await makeTokens(admin, target)), ...(await makeOthers(world, target, admin, above)) }
  const member = people.find(({ relation }) => relation === 'its viewer')?.ctx.actor.userId ?? ''
  const [registered] = await world.sql`select id from tokens where user_id = ${member}`
  const personal = String(registered?.['id'])
  const owner = people.find(({ relation }) => relation === 'its member')?.ctx
  if (owner === undefined) throw new Error('Target has a member')
  const own = { ...things, ...(await makeTokens(owner, null)) }
  const places = { platform: platform.id, target: target.id, below: below.id, member, personal }
  return { ...world, people, at: { ...places, ...things }, owner, own: { ...places, ...own } }
}

export type Things = Awaited<ReturnType<typeof whoMayWorld>>['at']

async function everybody(
  { person, join, db, sql }: World,
  at: Readonly<Record<'platform' | 'northwind' | 'target' | 'below' | 'sibling' | 'stranger', Organization>>,
): Promise<Person[]> {
  const people: Person[] = []
  const add = async (relation: string, standing: Standing, ctx: Context) => {
    const role = ctx.actor.memberships.find(({ organizationId }) => organizationId === at.platform.id)?.role ?? null
    people.push({ relation, standing, atPlatform: { role, adminAbove: false }, ctx: await inSession(db, ctx) })
  }
  const roles = ['viewer', 'member', 'admin'] as const
  for (const role of roles) {
    await add(`its ${role}`, { role, adminAbove: false }, await person(at.target, role))
    const above = { role: null, adminAbove: role === 'admin' }
    await add(`${role} one level above`, above, await person(at.northwind, role))
    await add(`${role} two levels above`, above, await person(at.platform, role))
    const both = await join(await person(at.northwind, 'admin'), at.target, role)
    await add(`admin one level above and its ${role}`, { role, adminAbove: true }, both)
  }
  for (const name of ['below', 'sibling', 'stranger'] as const)
    await add(`admin of ${name}`, OUTSIDE, await person(at[name], 'admin'))
  const removed = await person(at.target, 'admin')
  await sql`delete from memberships where user_id = ${removed.actor.userId}`
  await add('removed admin', OUTSIDE, { ...removed, actor: { ...removed.actor, memberships: [] } })
  return people
}

/** As requests come: by a session, whose id verbs on one's own account need. */
async function inSession(db: Database, ctx: Context): Promise<Context> {
  const now = ctx.clock()
  const { userId, ip, userAgent } = ctx.actor
  const { id } = await insertSession(db, { userId, createdAt: now, lastSeenAt: now, confirmedAt: now, ip, userAgent })
  return Object.assign({ sessionId: id }, ctx)
}

async function makeTokens(admin: Context, organization: Organization | null) {
  const organizationId = organization?.id ?? null
  const make = async (name: string) => (await createToken(admin, { organizationId, name })).id
  const unrevealed = await make('Unrevealed')
  const revealed = await make('Revealed')
  await revealToken(admin, { tokenId: revealed, key: newRevealKey() })
  await finishReveal(admin, { tokenId: revealed })
  const revoked = await make('Revoked')
  await revokeToken(admin, { tokenId: revoked })
  return { unrevealed, revealed, revoked }
}

async function makeOthers(
  { db, sql, clock, tier, northwind }: World,
  { id: organizationId }: Organization,
  { actor }: Context,
  above: Context,
) {
  const apiUser = await db.transaction((tx) =>
    insertServiceAccount(tx, {
      ...{ organizationId, name: 'Importer', nameKey: nameKey('Importer'), role: 'viewer' satisfies Role },
      ...{ scopes: ['data:read'], createdAt: clock() },
    }),
  )
  await sql`insert into devices (organization_id, id, name, name_key, created_at)
    values (${organizationId}, 'meter-1', 'Meter 1', 'meter 1', ${clock()})`
  const [report] =
    await sql`insert into reports (organization_id, requested_by, format, since, until, time_zone, created_at)
    values (${organizationId}, ${actor.userId ?? ''}, 'pdf', '2026-01-01', '2026-01-02', 'UTC', ${clock()}) returning id`
  const invite = async (email: string, by: string, approval: { fromAbove: string | null; at: Date | null }) => {
    const [row] =
      await sql`insert into invitations (organization_id, email, email_key, role, invited_by, from_above_id, created_at, approved_at, approved_by)
      values (${organizationId}, ${email}, ${email}, 'viewer', ${by}, ${approval.fromAbove}, ${clock()}, ${approval.at},
        ${approval.at === null ? null : by}) returning id`
    return String(row?.['id'])
  }
  const lite = await tier('Lite')
  await sql`insert into scopes (name, description, tier_id, created_at)
    values ('measurements:write', 'Write measurements', ${lite}, ${clock()})`
  const [spare] = await sql`insert into tiers (name, rank, token_limit) values ('Spare', 9, 9) returning id`
  return {
    apiUser: apiUser.id,
    device: 'meter-1',
    report: String(report?.['id']),
    invitation: await invite('open@example.com', actor.userId, { fromAbove: null, at: clock() }),
    unapproved: await invite('waiting@example.com', above.actor.userId, { fromAbove: northwind.id, at: null }),
    scope: 'measurements:write',
    tier: String(spare?.['id']),
    lite,
  }
}
