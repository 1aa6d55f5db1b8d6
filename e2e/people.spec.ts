import type { Locator, Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { tokens } from '#db/schema/tokens'
import { createToken } from '#lib/tokens/create'

import { statusOfMe, verdict } from './support/api'
import { cell, choose, dialog, fact, offered, openTokens, row, signIn, toast, toggle } from './support/desk'
import { browserFor, LOOKS, type Look, look } from './support/look'
import { DEMO_PASSWORD, type TestOrganization } from './support/organization'
import {
  expectNoPage,
  makeApiUser,
  makeDevice,
  makeVerifier,
  openQuiet,
  revokeAndDelete,
  rowOf,
  SERVICE_SECRET,
  upload,
} from './support/people'
import { ofThisRun } from './support/run'
import { expect, test } from './support/test'
import { makeToken } from './support/tokens'

/** Ticks a device: its name and id are the box's label. */
const tick = (form: Locator, device: string) => form.locator('label').filter({ hasText: device }).click()

test("Datacake's API user: rights, role and devices, a token of its own, and disabling it stops the token at once", async ({
  browserOf,
}) => {
  test.setTimeout(120_000)
  const owner = await browserOf('owner@demo.example', DEMO_PASSWORD)
  await openTokens(owner, 'alder')
  const verifier = await makeVerifier(owner, 'Verifier of the hall')
  await openQuiet(owner, '/o/alder/devices')
  await owner.getByRole('button', { name: 'Register device' }).click()
  const registering = dialog(owner, 'Register device')
  await registering.getByLabel('Id').fill('hall-1')
  await registering.getByLabel('Name').fill('North hall')
  await registering.getByRole('button', { name: 'Register' }).click()
  await expect(toast(owner, 'North hall is registered')).toBeVisible()

  await openQuiet(owner, '/o/alder/members')
  await owner.getByRole('tab', { name: 'API users' }).click()
  await expect(owner).toHaveURL(/\/o\/alder\/members\?tab=api-users$/)
  await owner.getByRole('button', { name: 'New API user' }).click()
  const making = dialog(owner, 'New API user')
  await making.getByLabel('Name').fill('Hall importer')
  await making.getByRole('radio', { name: 'Member' }).click()
  await expect(making.getByRole('checkbox', { name: 'tokens:write' })).toBeDisabled()
  await toggle(making, 'tokens:read')
  await making.getByRole('radio', { name: 'Chosen devices' }).click()
  await tick(making, 'North hall')
  await making.getByRole('button', { name: 'Create' }).click()
  await expect(toast(owner, 'Hall importer is made')).toBeVisible()
  await expect(rowOf(owner, 'Hall importer')).toContainText('data:read reports:read')
  await expect(rowOf(owner, 'Hall importer')).toContainText('1 device')

  await choose(owner, 'Hall importer', 'New token')
  const asking = dialog(owner, 'New token for Hall importer')
  await asking.getByLabel('Name').fill('Hall gateway')
  await expect(asking.getByRole('checkbox', { name: 'tokens:read' })).toBeDisabled()
  await asking.getByRole('radio', { name: 'Chosen devices' }).click()
  await tick(asking, 'North hall')
  await asking.getByRole('button', { name: 'Generate' }).click()
  const generated = dialog(owner, 'Token generated')
  await generated.getByRole('button', { name: 'Show' }).click()
  const field = generated.getByRole('textbox', { name: 'Token', exact: true })
  await expect(field).toHaveValue(SERVICE_SECRET)
  const secret = await field.inputValue()
  await generated.getByRole('button', { name: 'Copy' }).click()
  await generated.getByRole('button', { name: 'Done' }).click()
  expect(await verdict(verifier, { token: secret, resource: 'device:hall-1' })).toBe('active')
  expect(await verdict(verifier, { token: secret, resource: 'device:hall-2' })).toBe('resource_not_allowed')
  expect(await verdict(verifier, { token: secret })).toBe('resource_not_allowed')
  await openTokens(owner, 'alder')
  await expect(row(owner, 'Hall gateway')).toContainText('API user Hall importer')

  await openQuiet(owner, '/o/alder/members?tab=api-users')
  await choose(owner, 'Hall importer', 'Disable')
  const disabling = dialog(owner, 'Disable Hall importer?')
  await expect(disabling).toContainText('1 active token (Hall gateway), last used')
  await disabling.getByRole('button', { name: 'Disable' }).click()
  await expect(toast(owner, 'Hall importer is disabled')).toBeVisible()
  await expect(rowOf(owner, 'Hall importer')).toContainText('Disabled')
  expect(await verdict(verifier, { token: secret, resource: 'device:hall-1' })).toBe('api_user_disabled')
  await openTokens(owner, 'alder')
  await expect(await cell(owner, 'Hall gateway', 'Status')).toHaveText('Disabled')

  await openQuiet(owner, '/o/alder/members?tab=api-users')
  await choose(owner, 'Hall importer', 'Enable')
  await expect(toast(owner, 'Hall importer is enabled')).toBeVisible()
  expect(await verdict(verifier, { token: secret, resource: 'device:hall-1' })).toBe('active')
  await openTokens(owner, 'alder')
  for (const name of ['Hall gateway', 'Verifier of the hall']) await revokeAndDelete(owner, name)
})

test('a file of devices with faults imports nothing and tells each line; mended, it imports all', async ({
  page,
  elm,
}) => {
  await signIn(page, elm.admin)
  await openQuiet(page, `/o/${elm.slug}/devices`)
  await expect(page.getByRole('heading', { name: 'No devices yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Import' }).click()
  const importing = dialog(page, 'Import devices')
  await upload(importing, 'id,name\nhall-1,North hall\n-roof,Roof\ncellar-1,\nhall-1,Again\n')
  const faults = importing.getByRole('alert')
  await expect(faults).toContainText('3 lines are wrong')
  await expect(faults.getByRole('listitem')).toHaveText([
    /^Line 3: The id is wrong/,
    /^Line 4: The name is wrong/,
    /^Line 5: Its id stands on line 2 already/,
  ])
  await upload(importing, 'id,name\nhall-1,North hall\nroof-1,Roof\ncellar-1,"Cellar, left"\n')
  await expect(toast(page, '3 registered, 0 renamed')).toBeVisible()
  await expect(importing).toHaveCount(0)
  await expect(page.getByText('3 devices.')).toBeVisible()

  const id = await makeToken(elm, 'Roof reader')
  await openTokens(page, elm.slug)
  await choose(page, 'Roof reader', 'Edit')
  const editing = dialog(page, 'Edit Roof reader')
  await editing.getByRole('radio', { name: 'Chosen devices' }).click()
  await editing.getByRole('searchbox', { name: 'Search devices' }).fill('roof')
  await expect(editing.getByText('Cellar, left')).toHaveCount(0)
  await tick(editing, 'Roof')
  await editing.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Token successfully updated')).toBeVisible()

  await openQuiet(page, `/o/${elm.slug}/devices`)
  await page.getByRole('searchbox').fill('ROOF')
  await expect(page.getByRole('row')).toHaveCount(2)
  await choose(page, 'Roof', 'Rename')
  await dialog(page, 'Rename Roof').getByLabel('Name').fill('Flat roof')
  await dialog(page, 'Rename Roof').getByRole('button', { name: 'Rename' }).click()
  await expect(rowOf(page, 'Flat roof')).toContainText('1 token')
  await choose(page, 'Flat roof', 'Remove')
  const removing = dialog(page, 'Remove Flat roof?')
  await expect(removing).toContainText('1 token is narrowed to it')
  await removing.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText("No device matches 'ROOF'.")).toBeVisible()
  const [token] = await elm.db.select({ devices: tokens.devices }).from(tokens).where(eq(tokens.id, id))
  expect(token?.devices).toEqual([])
})

test('an import beyond 1 MiB is refused before anybody is asked who they are', async ({ page, elm, request }) => {
  const url = `/o/${elm.slug}/devices/import`
  const headers = { 'content-type': 'text/csv', origin: ofThisRun('E2E_BASE_URL') }
  const post = (data: string, more: Record<string, string> = {}, as = request) =>
    as.post(url, { headers: { ...headers, ...more }, data: Buffer.from(data) })
  expect((await post('x'.repeat(1024 * 1024 + 1))).status()).toBe(413)
  expect((await post('x'.repeat(1024 * 1024))).status()).toBe(401)
  await signIn(page, elm.viewer)
  expect((await post('a,A', {}, page.request)).status()).toBe(404)
  await signIn(page, elm.admin)
  expect((await post('a,A', { origin: 'https://evil.test' }, page.request)).status()).toBe(403)
  expect((await post('a,', {}, page.request)).status()).toBe(422)
  const done = await post('a,A', {}, page.request)
  expect([done.status(), await done.json()]).toEqual([200, { added: 1, renamed: 0, unchanged: 0 }])
})

test('a role change says what it takes away, a removal what stops, and the last admin stays', async ({
  page,
  elm,
  browserOf,
}) => {
  const member = await browserOf(elm.member)
  await openTokens(member, elm.slug)
  await signIn(page, elm.admin)
  await openQuiet(page, `/o/${elm.slug}/members`)
  await expect(page.getByText(`3 people act for ${elm.name}, 1 of them as admin.`)).toBeVisible()
  await choose(page, 'member', 'Edit')
  const editing = dialog(page, 'Edit member')
  await editing.getByRole('radio', { name: 'Viewer' }).click()
  await expect(editing.getByText('They can no longer reveal and copy tokens.')).toBeVisible()
  await editing.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'member is changed')).toBeVisible()
  await expect(rowOf(page, 'member')).toContainText('Viewer')
  await openTokens(member, elm.slug)
  await expect(member.getByRole('button', { name: 'Actions for Default' })).toHaveCount(0)

  await choose(page, 'member', 'Remove')
  await expect(dialog(page, 'Remove member?')).toContainText('their personal tokens are refused there')
  await dialog(page, 'Remove member?').getByRole('button', { name: 'Remove' }).click()
  await expect(rowOf(page, 'member')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Actions for viewer' })).toBeFocused()
  await expectNoPage(member, `/o/${elm.slug}/tokens`)

  await choose(page, 'admin', 'Remove')
  await dialog(page, 'Remove admin?').getByRole('button', { name: 'Remove' }).click()
  await expect(dialog(page, 'Remove admin?').getByRole('alert')).toContainText('This is the last admin')
})

test("the platform's admin revokes personal tokens that leaked, unnamed; their owner reads why and cannot restore them", async ({
  page,
  elm,
  browserOf,
}) => {
  const other = await createToken(elm.asAdmin(), { organizationId: null, name: 'Hush script' })
  await signIn(page, elm.admin)
  await openQuiet(page, '/account?tab=api-token')
  await choose(page, 'Personal', 'Reveal')
  const revealing = dialog(page, /Personal/)
  await revealing.getByRole('button', { name: 'Show' }).click()
  const field = revealing.getByRole('textbox', { name: 'Token', exact: true })
  await expect(field).toHaveValue(/^tok_pat_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/)
  const secret = await field.inputValue()
  await revealing.getByRole('button', { name: 'Copy' }).click()
  await revealing.getByRole('button', { name: 'Done' }).click()
  expect(await statusOfMe(secret)).toBe(200)

  const platform = await browserOf('admin@demo.example', DEMO_PASSWORD)
  await openQuiet(platform, `/o/${elm.slug}/members`)
  await choose(platform, 'admin', 'Revoke personal tokens')
  const asking = dialog(platform, 'Revoke personal tokens of admin')
  await expect(asking.getByText(secret.slice(8, 24))).toBeVisible()
  await expect(asking.getByText(other.id)).toBeVisible()
  await expect(asking).not.toContainText('Hush script')
  await asking.getByRole('button', { name: 'Revoke' }).click()
  await expect(asking.getByText('Choose a token.')).toBeVisible()
  await expect(asking.getByText('Give a reason.')).toBeVisible()
  await asking.getByText('All 2').click()
  await expect(asking.getByText('They work in 1 organization')).toContainText('Last used')
  await asking.getByLabel('Reason').fill('Seen in a public repository')
  await asking.getByText('They leaked').click()
  await asking.getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(platform, '2 user tokens successfully revoked')).toBeVisible()
  expect(await statusOfMe(secret)).toBe(401)
  await choose(platform, 'admin', 'Revoke personal tokens')
  await expect(asking).toContainText('admin has no active personal token.')

  await openQuiet(page, '/account?tab=api-token')
  await expect(row(page, 'Personal')).toContainText('Revoked')
  expect(await offered(page, 'Personal')).not.toContain('Restore')
  await row(page, 'Personal').getByRole('link', { name: 'Personal' }).click()
  await expect(fact(page, 'Revoked')).toContainText('by admin@demo.example')
  await expect(fact(page, 'Revoked')).toContainText('Seen in a public repository')
  await expect(page.getByText('Reason: Seen in a public repository')).toBeVisible()
})

test('Members and Devices are for admins of the organization and above; for others they do not exist', async ({
  elm,
  browserOf,
}) => {
  const paths = ['members', 'members?tab=api-users', 'devices'].map((path) => `/o/${elm.slug}/${path}`)
  for (const email of [elm.member, elm.viewer]) {
    const other = await browserOf(email)
    for (const path of paths) await expectNoPage(other, path)
    expect((await other.request.get(`/o/${elm.slug}/devices/choices`)).status()).toBe(404)
    await openTokens(other, elm.slug)
    await expect(other.getByRole('link', { name: 'Members' })).toHaveCount(0)
  }
  const stranger = await browserOf('cedar@demo.example', DEMO_PASSWORD)
  for (const path of paths) await expectNoPage(stranger, path)
  const above = await browserOf('reseller@demo.example', DEMO_PASSWORD)
  await openQuiet(above, `/o/${elm.slug}/members`)
  await above.getByRole('button', { name: 'Actions for viewer' }).click()
  await expect(above.getByRole('menuitem')).toHaveText(['Remove'])
})

async function see(page: Page, elm: TestOrganization, as: Look): Promise<void> {
  const open = (path: string) => openQuiet(page, `/o/${elm.slug}/${path}`)
  const closing = async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const seeDialog = async (name: string, title: string | RegExp) => {
    await expect(dialog(page, title)).toBeVisible()
    await look(page, name, as)
  }
  await open('members')
  await look(page, 'members', as, true)
  await choose(page, 'member', 'Edit')
  await dialog(page, 'Edit member').getByRole('radio', { name: 'Viewer' }).click()
  await dialog(page, 'Edit member').getByRole('radio', { name: 'Chosen devices' }).click()
  await expect(dialog(page, 'Edit member').getByText('North hall')).toBeVisible()
  await seeDialog('member-edit-dialog', 'Edit member')
  await closing()
  await choose(page, 'viewer', 'Remove')
  await seeDialog('member-remove-dialog', 'Remove viewer?')
  await closing()
  await open('members?q=nobody')
  await look(page, 'members-nothing-matches', as)

  await open('members?tab=api-users')
  await look(page, 'api-users', as, true)
  await choose(page, 'Hall importer', 'Edit')
  await dialog(page, 'Edit Hall importer').getByText('reports:read', { exact: true }).click()
  await expect(dialog(page, 'Edit Hall importer').getByText('can no longer use')).toBeVisible()
  await seeDialog('api-user-edit-dialog', 'Edit Hall importer')
  await closing()
  await choose(page, 'Hall importer', 'Disable')
  await seeDialog('api-user-disable-dialog', 'Disable Hall importer?')
  await closing()
  await choose(page, 'Hall importer', 'New token')
  await dialog(page, /New token for/)
    .getByRole('radio', { name: 'Chosen devices' })
    .click()
  await expect(dialog(page, /New token for/).getByText('North hall')).toBeVisible()
  await seeDialog('api-user-new-token-dialog', /New token for/)
  await closing()

  await open('devices')
  await look(page, 'devices', as, true)
  await page.getByRole('button', { name: 'Register device' }).click()
  await dialog(page, 'Register device').getByRole('button', { name: 'Register' }).click()
  await expect(dialog(page, 'Register device').getByLabel('Id')).toBeFocused()
  await seeDialog('device-register-dialog', 'Register device')
  await closing()
  await choose(page, 'North hall', 'Remove')
  await seeDialog('device-remove-dialog', 'Remove North hall?')
  await closing()
  await page.getByRole('button', { name: 'Import' }).click()
  await upload(dialog(page, 'Import devices'), 'a,\nb')
  await expect(page.getByRole('alert')).toBeVisible()
  await seeDialog('devices-import-dialog', 'Import devices')
}

for (const as of LOOKS)
  test.describe(`at ${as.width}`, () => {
    test.use(browserFor(as))

    test('axe finds no fault with members, API users and devices, and nothing scrolls sideways', async ({
      page,
      elm,
    }) => {
      test.setTimeout(180_000)
      await signIn(page, elm.admin)
      await openQuiet(page, `/o/${elm.slug}/members?tab=api-users`)
      await look(page, 'api-users-empty', as, true)
      await openQuiet(page, `/o/${elm.slug}/devices`)
      await look(page, 'devices-empty', as, true)
      await makeDevice(elm, 'hall-1', 'North hall')
      await makeDevice(elm, 'roof.left-0123456789', 'Left side of the roof above the old hall, behind the chimney')
      const id = await makeApiUser(elm, 'Hall importer', { devices: ['hall-1'] })
      await makeApiUser(elm, 'An API user with quite a long name, as people write them')
      const service = { organizationId: elm.organization.id, serviceAccountId: id, name: 'Hall gateway' }
      await createToken(elm.asAdmin(), { ...service, devices: ['hall-1'] })
      await see(page, elm, as)
      await openTokens(page, elm.slug)
      await look(page, 'tokens-of-api-users', as, true)

      await createToken(elm.asAdmin(), { organizationId: null, name: 'Laptop' })
      await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
      await openQuiet(page, `/o/${elm.slug}/members`)
      await choose(page, 'admin', 'Revoke personal tokens')
      const asking = dialog(page, 'Revoke personal tokens of admin')
      await asking.getByText('All 2').click()
      await asking.getByRole('button', { name: 'Revoke' }).click()
      await expect(asking.getByText('Give a reason.')).toBeVisible()
      await look(page, 'member-revoke-personal-dialog', as)
    })
  })
