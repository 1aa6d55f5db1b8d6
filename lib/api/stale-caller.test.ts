import { expect, test } from 'vitest'
import { changeMeanwhile } from '#db/testing/gate'
import { authenticate } from '#lib/api/authenticate'
import { alderApi } from '#lib/api/testing/alder'
import type { AnyContext } from '#lib/context'
import { inviteMember } from '#lib/invitations/invite'
import { changeMember } from '#lib/members/change'
import { editCustomer } from '#lib/organizations/edit-customer'
import { cancelReport } from '#lib/reports/cancel'
import { createApiUser } from '#lib/service-accounts/create'
import { editApiUser } from '#lib/service-accounts/edit'
import type { SecretString } from '#lib/tokens/secret'

const READS = ['data:read', 'reports:read', 'tokens:read']
const SCOPES = [...READS, 'tokens:write']
const never = { expiration: { kind: 'never' } } as const

async function callers() {
  const world = await alderApi()
  const { api, token, admin, alder, northwind, platform, sql, db, clock, person, join } = world
  const at = { organizationId: alder.id }
  await sql`insert into devices (organization_id, id, name, name_key, created_at) values (${alder.id}, 'd1', 'd1', 'd1', now())`
  /** Whoever presents the secret, as they were loaded now. */
  const actorOf = async (secret: SecretString): Promise<AnyContext> => {
    const headers = new Headers({ authorization: `Bearer ${secret.reveal()}`, 'x-forwarded-for': '192.0.2.7' })
    const actor = await authenticate(api, headers, { path: '/', scope: 'tokens:write' })
    if (typeof actor === 'string') throw new Error(actor)
    return { db, actor, clock, prefix: 'tok', sealKeys: [] }
  }
  const own = await token(admin, { organizationId: null, name: 'Own', scopes: SCOPES, ...never })
  const caller = await actorOf((await token(admin, { ...at, name: 'Caller', scopes: SCOPES, ...never })).secret)
  const viewer = await person(alder, 'viewer')
  const other = await createApiUser(admin, { ...at, name: 'Other', role: 'admin', scopes: [], devices: null })
  const personal = { ...(await actorOf(own.secret)), post: null }
  /** All that gives somebody something, by callers who hold all of it when they begin. */
  const grants = () => [
    createApiUser(caller, { ...at, name: 'Made', role: 'viewer', scopes: ['data:read'], devices: null }),
    editApiUser(caller, { ...at, apiUserId: other.id, scopes: ['data:read'] }),
    changeMember(caller, { ...at, userId: viewer.actor.userId, role: 'member' }),
    inviteMember(personal, { ...at, email: 'ada@alder.example', role: 'viewer' }),
  ]
  return { ...world, at, grants, viewer, above: await join(await person(northwind, 'admin'), platform, 'admin') }
}

test('a token that was narrowed while it waited for its turn gives nobody what it holds no more', async () => {
  const { url, alder, admin, sql, grants } = await callers()
  const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'not_held' }) }
  const narrowedTo = (change: object) =>
    changeMeanwhile(
      url,
      alder.id,
      4,
      grants,
      (tx) => tx`update tokens set ${tx(change)} where name in ('Caller', 'Own')`,
    )
  expect(await narrowedTo({ scopes: ['tokens:write'] })).toEqual(Array(4).fill(refused))
  await sql`update tokens set scopes = ${SCOPES} where name in ('Caller', 'Own')`
  // A personal token has no devices of its own: its owner has.
  const [last, ...rest] = (
    await changeMeanwhile(url, alder.id, 4, grants, async (tx) => {
      await tx`update tokens set devices = '{d1}' where name = 'Caller'`
      await tx`update memberships set role = 'member', devices = '{d1}' where user_id = ${admin.actor.userId}`
    })
  ).toReversed()
  expect(rest).toEqual(Array(3).fill(refused))
  expect(last).toMatchObject({ reason: { code: 'forbidden' } })
  await sql`update tokens set devices = null`
  await sql`update memberships set role = 'admin', devices = null where user_id = ${admin.actor.userId}`
  expect(await Promise.allSettled(grants())).toMatchObject(Array(4).fill({ status: 'fulfilled' }))
})

test('whoever lost a role while they waited for their turn does nothing that took it', async () => {
  const { url, alder, platform, sql, above, admin, viewer, at } = await callers()
  const [report] = await sql`insert into reports
    (organization_id, requested_by, format, since, until, time_zone, created_at)
    values (${alder.id}, ${viewer.actor.userId}, 'pdf', now() - interval '1 day', now(), 'UTC', now()) returning id`
  const start = () => [
    editCustomer(above, { ...at, tokenLimit: 99 }),
    cancelReport(admin, { reportId: String(report?.['id']) }),
  ]
  const outcomes = await changeMeanwhile(url, alder.id, 2, start, async (tx) => {
    await tx`update memberships set role = 'viewer' where organization_id in ${tx([platform.id, alder.id])}`
  })
  const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'forbidden' }) }
  expect(outcomes).toEqual([refused, refused])
})
