import { expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import { editCustomer } from '#lib/organizations/edit-customer'
import { refusing, tree } from '#lib/organizations/testing/tree'

test('name, contact and tier change from above, each told in the trail with what it was', async () => {
  const { reseller, alder, latest, sql, tier } = await tree()
  const contact = 'https://alder.example/help'
  await editCustomer(reseller, { organizationId: alder.id, name: 'Alder 2', contact, tierId: await tier('Lite') })
  expect(await latest(alder.id)).toMatchObject({ name: 'Alder 2', contact, slug: 'alder', tokenLimit: 1 })
  const [event] = await sql`select details, target_name from audit_events where action = 'organization.edited'`
  expect(event).toEqual({
    target_name: 'Alder 2',
    details: {
      changes: [
        { field: 'Name', from: 'Alder', to: 'Alder 2' },
        { field: 'Contact', from: 'none', to: contact },
        { field: 'Tier', from: 'Advanced', to: 'Lite' },
      ],
    },
  })
})

test('what stays the same changes nothing and is no event', async () => {
  const { reseller, alder, trail, tier } = await tree()
  await editCustomer(reseller, {
    organizationId: alder.id,
    name: 'Alder',
    tierId: await tier('Advanced'),
    contact: null,
  })
  expect(await trail(alder.id)).toEqual(['organization.created'])
})

test("nobody edits their own organization from above it, nor somebody else's", async () => {
  const { owner, reseller, stranger, member, alder, northwind, root, platform } = await tree()
  const edit = (ctx: typeof owner, id: string) => editCustomer(ctx, { organizationId: id, name: 'Other' })
  await expect(edit(owner, alder.id)).rejects.toMatchObject(refusing('forbidden'))
  await expect(edit(reseller, northwind.id)).rejects.toMatchObject(refusing('forbidden'))
  await expect(edit(root, platform.id)).rejects.toMatchObject(refusing('forbidden'))
  await expect(edit(member, alder.id)).rejects.toMatchObject(refusing('not_found'))
  await expect(edit(stranger, alder.id)).rejects.toMatchObject(refusing('not_found'))
  await edit(root, alder.id)
})

test('a tier is granted up to what the parent has in effect, and one above it stays only as it is', async () => {
  const { reseller, root, alder, northwind, latest, tier } = await tree()
  const [advanced, lite] = [await tier('Advanced'), await tier('Lite')]
  await editCustomer(root, { organizationId: northwind.id, tierId: lite })
  expect((await latest(alder.id)).tier).toMatchObject({ name: 'Lite', limitedBy: { name: 'Northwind' } })
  await editCustomer(reseller, { organizationId: alder.id, name: 'Still', tierId: advanced })
  await editCustomer(reseller, { organizationId: alder.id, tierId: lite })
  const raised = editCustomer(reseller, { organizationId: alder.id, tierId: advanced })
  await expect(raised).rejects.toMatchObject(
    refusing('not_held', { tierId: expect.stringContaining('Northwind has Lite') }),
  )
  await expect(editCustomer(root, { organizationId: alder.id, tierId: advanced })).rejects.toMatchObject({
    code: 'not_held',
  })
  await editCustomer(root, { organizationId: northwind.id, tierId: advanced })
  await editCustomer(reseller, { organizationId: alder.id, tierId: advanced })
})

test('only platform admins set a token limit, and null takes it back', async () => {
  const { reseller, root, alder, latest } = await tree()
  const set = (ctx: typeof root, tokenLimit: number | null) =>
    editCustomer(ctx, { organizationId: alder.id, tokenLimit })
  await expect(set(reseller, 9)).rejects.toMatchObject(refusing('forbidden'))
  await set(root, 9)
  expect((await latest(alder.id)).tokenLimit).toBe(9)
  await set(root, null)
  expect((await latest(alder.id)).tokenLimit).toBe(5)
})

test('under suspension a tier and a limit only go down', async () => {
  const { reseller, root, alder, sql, tier } = await tree()
  await sql`update organizations set suspended_at = now() where id = ${alder.id}`
  await editCustomer(reseller, { organizationId: alder.id, name: 'Named', tierId: await tier('Lite') })
  const raised = editCustomer(reseller, { organizationId: alder.id, tierId: await tier('Advanced') })
  await expect(raised).rejects.toMatchObject(refusing('organization_suspended'))
  const more = editCustomer(root, { organizationId: alder.id, tokenLimit: 2 })
  await expect(more).rejects.toMatchObject(refusing('organization_suspended'))
})

test('a grant below a parent that is being lowered is judged by what the parent has when its turn comes', async () => {
  const { reseller, root, alder, northwind, url, tier, latest } = await tree({ connections: 20 })
  const [advanced, lite] = [await tier('Advanced'), await tier('Lite')]
  await editCustomer(reseller, { organizationId: alder.id, tierId: lite })
  const [lowered, raised] = await holdAtGate(url, 'organizations', 2, () => [
    editCustomer(root, { organizationId: northwind.id, tierId: lite }),
    new Promise((resolve) => setTimeout(resolve, 200)).then(() =>
      editCustomer(reseller, { organizationId: alder.id, tierId: advanced }),
    ),
  ])
  expect(lowered?.status).toBe('fulfilled')
  expect(raised).toMatchObject({ status: 'rejected', reason: { code: 'not_held' } })
  expect((await latest(alder.id)).tier?.granted.name).toBe('Lite')
})
