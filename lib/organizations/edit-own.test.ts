import { expect, test } from 'vitest'
import { editOwnOrganization } from '#lib/organizations/edit-own'
import { EditOwnOrganizationInput } from '#lib/organizations/schema'
import { testWorld } from '#lib/testing/world'
import { refused } from '#lib/tokens/testing/desk'

test('name and contact are changed by admins of the organization and above, suspended or not, with an event each', async () => {
  const { alder, northwind, person, sql } = await testWorld()
  const organizationId = alder.id
  await editOwnOrganization(await person(alder, 'admin'), { organizationId, name: 'Alder & Co', contact: null })
  await sql`update organizations set suspended_at = now() where id = ${organizationId}`
  await editOwnOrganization(await person(northwind, 'admin'), { organizationId, contact: 'help@alder.example' })
  const [row] = await sql`select name, contact, slug from organizations where id = ${organizationId}`
  expect(row).toEqual({ name: 'Alder & Co', contact: 'help@alder.example', slug: 'alder' })
  const trail = await sql`select details from audit_events where action = 'organization.edited' order by id`
  expect(trail.map(({ details }) => details.changes)).toEqual([
    [{ field: 'Name', from: 'Alder', to: 'Alder & Co' }],
    [{ field: 'Contact', from: 'none', to: 'help@alder.example' }],
  ])
})

test('members, viewers and strangers change nothing, and a closed organization is changed by nobody', async () => {
  const { alder, northwind, organization, person, sql } = await testWorld()
  const rename = async (ctx: Awaited<ReturnType<typeof person>>) =>
    editOwnOrganization(ctx, { organizationId: alder.id, name: 'Mine' })
  for (const role of ['member', 'viewer'] as const)
    await expect(rename(await person(alder, role))).rejects.toEqual(refused('forbidden'))
  const birch = await organization('Birch', northwind, 'customer')
  await expect(rename(await person(birch, 'admin'))).rejects.toEqual(refused('not_found'))
  const admin = await person(alder, 'admin')
  await sql`update organizations set closed_at = now() where id = ${alder.id}`
  await expect(rename(admin)).rejects.toEqual(refused('not_found'))
  await expect(rename(await person(northwind, 'admin'))).rejects.toEqual(refused('forbidden'))
})

test('a contact is an e-mail address, an https URL or none', () => {
  const contact = (value: string) =>
    EditOwnOrganizationInput.safeParse({ organizationId: crypto.randomUUID(), contact: value })
  expect(contact(' help@alder.example ').data?.contact).toBe('help@alder.example')
  expect(contact('https://alder.example/help').data?.contact).toBe('https://alder.example/help')
  expect(contact('  ').data?.contact).toBeNull()
  for (const wrong of ['http://alder.example', 'javascript:alert(1)', 'help', 'https://', 'https://a\u202eb.example'])
    expect(contact(wrong).success, wrong).toBe(false)
})
