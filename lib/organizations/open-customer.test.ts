import { expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import { closeCustomer } from '#lib/organizations/close-customer'
import { editCustomer } from '#lib/organizations/edit-customer'
import { slugOf } from '#lib/organizations/schema'
import { refusing, tree } from '#lib/organizations/testing/tree'

test('a reseller opens a customer with its tier, contact and token Default, and the trail tells of both', async () => {
  const { open, idOf, latest, trail, sql, tier } = await tree()
  expect(await open('hazel', { name: 'Hazel', tierId: await tier('Advanced'), contact: 'h@hazel.example' })).toEqual({
    slug: 'hazel',
    name: 'Hazel',
    invited: null,
  })
  const hazel = await latest(await idOf('hazel'))
  expect(hazel).toMatchObject({ kind: 'customer', contact: 'h@hazel.example', tokenLimit: 5 })
  expect(await trail(hazel.id)).toEqual(['organization.created'])
  const tokens = await sql`select id, name, revealed_at from tokens where organization_id = ${hazel.id}`
  expect(tokens).toMatchObject([{ name: 'Default', revealed_at: null }])
  expect(await trail(String(tokens[0]?.['id']))).toEqual(['token.created'])
})

test('without a tier chosen it gets Lite', async () => {
  const { open, idOf, latest } = await tree()
  await open('hazel')
  expect((await latest(await idOf('hazel'))).tier?.name).toBe('Lite')
})

test('only admins of the parent and above it open; others are told it is forbidden or not there', async () => {
  const { open, root, owner, member, stranger, alder } = await tree()
  await open('by-root', {}, root)
  await expect(open('by-member', {}, member)).rejects.toMatchObject(refusing('forbidden'))
  await expect(open('by-owner', {}, owner)).rejects.toMatchObject(refusing('not_found'))
  await expect(open('by-stranger', {}, stranger)).rejects.toMatchObject(refusing('not_found'))
  const nowhere = '00000000-0000-0000-0000-000000000000'
  await expect(open('nowhere', { parentId: nowhere })).rejects.toMatchObject(refusing('not_found'))
  const below = open('below', { parentId: alder.id }, owner)
  await expect(below).rejects.toMatchObject(refusing('invalid', { kind: expect.stringContaining('customer') }))
})

test('nothing is opened below what is suspended or closed', async () => {
  const { open, sql, northwind, root } = await tree()
  await sql`update organizations set suspended_at = now() where id = ${northwind.id}`
  await expect(open('hazel')).rejects.toMatchObject(refusing('organization_suspended'))
  await closeCustomer(root, { organizationId: northwind.id, name: 'northwind' })
  await expect(open('hazel')).rejects.toMatchObject(refusing('not_found'))
  await expect(open('hazel', {}, root)).rejects.toMatchObject(refusing('forbidden'))
})

test('a tier above the effective one of the parent is refused, and above its granted one all the same', async () => {
  const { open, sql, tier, root, northwind, idOf } = await tree()
  const [advanced, lite] = [await tier('Advanced'), await tier('Lite')]
  await open('westbay', { kind: 'reseller', tierId: advanced })
  await editCustomer(root, { organizationId: northwind.id, tierId: lite })
  const westbay = await idOf('westbay')
  const refused = refusing('not_held', { tierId: "westbay has Lite, so it can't grant a higher tier." })
  await expect(open('hazel', { parentId: westbay, tierId: advanced })).rejects.toMatchObject(refused)
  await open('hazel', { parentId: westbay, tierId: lite })
  await sql`insert into tiers (name, rank, token_limit) values ('Top', 9, 9)`
  const top = open('top', { tierId: await tier('Top') })
  await expect(top).rejects.toMatchObject({ code: 'not_held' })
  const none = open('none', { tierId: northwind.id })
  await expect(none).rejects.toMatchObject(refusing('invalid', { tierId: expect.any(String) }))
})

test('a slug is never used again, not even that of a closed one', async () => {
  const { open, root, idOf } = await tree()
  await open('hazel')
  const taken = refusing('name_taken', { slug: 'The slug "hazel" is taken. Choose another.' })
  await expect(open('hazel')).rejects.toMatchObject(taken)
  await closeCustomer(root, { organizationId: await idOf('hazel'), name: 'hazel' })
  await expect(open('hazel')).rejects.toMatchObject(taken)
})

test('resellers stand eight deep and no deeper, with customers below the eighth', async () => {
  const { open, idOf, northwind, root } = await tree()
  let parentId = northwind.id
  for (let depth = 2; depth <= 8; depth++) {
    await open(`r${depth}`, { parentId, kind: 'reseller' }, root)
    parentId = await idOf(`r${depth}`)
  }
  const ninth = open('r9', { parentId, kind: 'reseller' }, root)
  await expect(ninth).rejects.toMatchObject(refusing('invalid', { kind: expect.stringContaining('eight deep') }))
  await open('c9', { parentId }, root)
})

test('20 simultaneous opens with one slug make one, below whichever parents', async () => {
  const { open, url, southgate, northwind, root, sql } = await tree({ connections: 20 })
  const parents = [northwind.id, southgate.id]
  const outcomes = await holdAtGate(url, 'organizations', 2, () =>
    Array.from({ length: 20 }, (_, n) => open('contended', { parentId: parents[n % 2] ?? '' }, root)),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'name_taken' })
  expect(await sql`select 1 from organizations where slug = 'contended'`).toHaveLength(1)
  expect(
    await sql`select 1 from tokens t join organizations o on o.id = t.organization_id
    where o.slug = 'contended'`,
  ).toHaveLength(1)
})

test('a tier granted while the parent is lowered was granted before, or is refused', async () => {
  const { open, root, northwind, tier, sql } = await tree({ connections: 20 })
  const [advanced, lite] = [await tier('Advanced'), await tier('Lite')]
  const grants = (round: number) =>
    Array.from({ length: 8 }, (_, n) =>
      open(`c-${round}-${n}`, { tierId: advanced }).then(
        () => 'opened',
        (e) => e.code,
      ),
    )
  for (let round = 0; round < 3; round++) {
    await editCustomer(root, { organizationId: northwind.id, tierId: advanced })
    const [, ...outcomes] = await Promise.all([
      editCustomer(root, { organizationId: northwind.id, tierId: lite }),
      ...grants(round),
    ])
    expect(outcomes.filter((each) => each !== 'opened' && each !== 'not_held')).toEqual([])
    // What the trail tells is an order in which each grant was allowed.
    const events =
      await sql`select e.action, o.slug from audit_events e join organizations o on o.id = e.organization_id
      where o.slug like ${`c-${round}-%`} and e.action = 'organization.created' or o.id = ${northwind.id}
        and e.action = 'organization.edited' order by e.id`
    expect(events.at(-1)?.['action']).toBe('organization.edited')
    expect(events.filter(({ slug }) => slug !== 'northwind')).toHaveLength(
      outcomes.filter((each) => each === 'opened').length,
    )
  }
})

test('a name suggests a slug of a to z and 0 to 9', () => {
  expect(slugOf('  Ärzte & Söhne GmbH ')).toBe('arzte-sohne-gmbh')
  expect(slugOf('株式会社')).toBe('')
  expect(slugOf(`${'x'.repeat(62)} yz`)).toBe('x'.repeat(62))
  expect(slugOf('a'.repeat(200))).toHaveLength(63)
})
