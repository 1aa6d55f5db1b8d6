import { expect, test } from 'vitest'
import { closeCustomer } from '#lib/organizations/close-customer'
import { editCustomer } from '#lib/organizations/edit-customer'
import { findCustomerHits } from '#lib/organizations/find-customer'
import { openOrganization } from '#lib/organizations/load'
import { resumeCustomer } from '#lib/organizations/resume-customer'
import { suspendCustomer } from '#lib/organizations/suspend-customer'
import { refusing, tree } from '#lib/organizations/testing/tree'
import { createToken } from '#lib/tokens/create'
import { restoreToken } from '#lib/tokens/restore'

test('suspending stops an organization and what is below it until an admin above resumes it', async () => {
  const { root, reseller, owner, alder, northwind, latest, trail } = await tree()
  await suspendCustomer(root, { organizationId: northwind.id })
  await suspendCustomer(root, { organizationId: northwind.id })
  expect((await latest(alder.id)).suspendedBy).toBe('Northwind')
  const create = () => createToken(owner, { organizationId: alder.id, name: 'More' })
  await expect(create()).rejects.toMatchObject({ code: 'organization_suspended' })
  await expect(resumeCustomer({ ...reseller, post: null }, { organizationId: northwind.id })).rejects.toMatchObject(
    refusing('forbidden'),
  )
  await resumeCustomer({ ...root, post: null }, { organizationId: northwind.id })
  await create()
  expect(await trail(northwind.id)).toEqual(['organization.created', 'organization.suspended', 'organization.resumed'])
})

test('below a suspended organization nothing is resumed, and one suspended itself stays so', async () => {
  const { root, reseller, alder, northwind, latest } = await tree()
  await suspendCustomer(reseller, { organizationId: alder.id })
  await suspendCustomer(root, { organizationId: northwind.id })
  const resumed = resumeCustomer({ ...reseller, post: null }, { organizationId: alder.id })
  await expect(resumed).rejects.toMatchObject(refusing('organization_suspended'))
  await resumeCustomer({ ...root, post: null }, { organizationId: northwind.id })
  expect((await latest(alder.id)).suspendedBy).toBe('Alder')
  await resumeCustomer({ ...reseller, post: null }, { organizationId: alder.id })
  expect((await latest(alder.id)).suspendedBy).toBeNull()
})

test.each([
  ['suspends', suspendCustomer],
  ['resumes', resumeCustomer],
  [
    'closes',
    (ctx: Parameters<typeof resumeCustomer>[0], input: { organizationId: string }) =>
      closeCustomer(ctx, { ...input, name: 'Alder' }),
  ],
] as const)("nobody %s their own organization or a stranger's", async (_, verb) => {
  const { owner, member, stranger, alder } = await tree()
  const by = (ctx: typeof owner) => ({ ...ctx, post: null })
  await expect(verb(by(owner), { organizationId: alder.id })).rejects.toMatchObject(refusing('forbidden'))
  await expect(verb(by(member), { organizationId: alder.id })).rejects.toMatchObject(refusing('not_found'))
  await expect(verb(by(stranger), { organizationId: alder.id })).rejects.toMatchObject(refusing('not_found'))
})

test('closing revokes every active token at and below, tells of each, and is final', async () => {
  const { root, owner, reseller, alder, northwind, sql, trail, db, latest } = await tree()
  const { id: tokenId } = await createToken(owner, { organizationId: alder.id, name: 'Metering' })
  expect(await findCustomerHits(root, 'northwind', null)).toEqual({
    organizations: 1,
    tokens: 3,
    working: 3,
    members: 3,
    tier: null,
  })
  await sql`update organizations set suspended_at = now() where id = ${alder.id}`
  // A suspension would stop no more than what still works: Northwind's own.
  expect(await findCustomerHits(root, 'northwind', null)).toMatchObject({ tokens: 3, working: 1 })
  expect(await closeCustomer(root, { organizationId: northwind.id, name: ' northwind' })).toEqual({
    organizations: 2,
    tokens: 3,
  })
  const left = await sql`select t.name, o.slug from tokens t join organizations o on o.id = t.organization_id
    where revoked_at is null and o.path @> array[${northwind.id}]::uuid[]`
  expect(left).toEqual([])
  expect(await trail(tokenId)).toEqual(['token.created', 'token.revoked'])
  for (const id of [northwind.id, alder.id]) expect((await trail(id)).at(-1)).toBe('organization.closed')
  expect((await latest(alder.id)).closed).toBe(true)

  for (const [ctx, slug] of [
    [owner, 'alder'],
    [reseller, 'northwind'],
  ] as const)
    await expect(openOrganization(db, ctx.actor, slug)).rejects.toMatchObject(refusing('not_found'))
  await openOrganization(db, root.actor, 'alder')
  await expect(restoreToken(root, { tokenId })).rejects.toMatchObject(refusing('forbidden'))
  const edited = editCustomer(root, { organizationId: alder.id, name: 'Again' })
  await expect(edited).rejects.toMatchObject(refusing('forbidden'))
  const again = closeCustomer(root, { organizationId: northwind.id, name: 'Northwind' })
  await expect(again).rejects.toMatchObject(refusing('forbidden'))
})

test('it is closed only by its name', async () => {
  const { reseller, alder, latest } = await tree()
  const closed = closeCustomer(reseller, { organizationId: alder.id, name: 'Birch' })
  await expect(closed).rejects.toMatchObject(refusing('invalid', { name: 'Type Alder to close it.' }))
  expect((await latest(alder.id)).closed).toBe(false)
})

test('what is opened or made while it closes is closed and revoked with it', async () => {
  const { root, owner, open, alder, northwind, sql } = await tree({ connections: 20 })
  await sql`update organizations set token_limit_override = 50`
  const settled = await Promise.allSettled([
    ...Array.from({ length: 5 }, (_, n) => open(`early-${n}`)),
    ...Array.from({ length: 5 }, (_, n) => createToken(owner, { organizationId: alder.id, name: `Early ${n}` })),
    closeCustomer(root, { organizationId: northwind.id, name: 'Northwind' }),
    ...Array.from({ length: 5 }, (_, n) => open(`late-${n}`)),
    ...Array.from({ length: 5 }, (_, n) => createToken(owner, { organizationId: alder.id, name: `Late ${n}` })),
  ])
  const refusals = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
  expect(refusals.filter((code) => code !== 'not_found')).toEqual([])
  const [left] = await sql`select
      (select count(*)::int from organizations where path @> array[${northwind.id}]::uuid[] and closed_at is null) as open,
      (select count(*)::int from tokens t join organizations o on o.id = t.organization_id
        where o.path @> array[${northwind.id}]::uuid[] and t.revoked_at is null) as active`
  expect(left).toEqual({ open: 0, active: 0 })
})

test('what is opened deeper down while closing waits for it is closed too', async () => {
  const { root, open, northwind, sql, idOf, latest, tier } = await tree()
  await open('westbay', { kind: 'reseller' })
  const [westbay, lite] = [await idOf('westbay'), await tier('Lite')]
  let closing: Promise<unknown> = Promise.resolve()
  await sql.begin(async (tx) => {
    await tx`select from organizations where id = ${westbay} for no key update`
    closing = closeCustomer(root, { organizationId: northwind.id, name: 'Northwind' })
    closing.catch(() => {})
    for (let waiting = 0; waiting === 0; ) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [row] = await sql`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      waiting = Number(row?.['waiting'])
    }
    await tx`insert into organizations (kind, parent_id, slug, name, tier_id)
      values ('customer', ${westbay}, 'late', 'Late', ${lite})`
  })
  expect(await closing).toMatchObject({ organizations: 4 })
  const late = await sql`select closed_at from organizations where slug = 'late'`
  expect(late[0]?.['closed_at']).not.toBeNull()
  expect((await latest(westbay)).closed).toBe(true)
})
