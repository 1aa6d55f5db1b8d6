import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { registerDevice } from '#lib/devices/register'
import { createApiUser } from '#lib/service-accounts/create'
import { choose, dialog, row, show, toggle } from './desk'
import type { TestOrganization } from './organization'

/** Opens a page that asks for nothing by itself, and waits until it is alive. */
export async function openQuiet(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' })
}

/** The row that holds a name, in a list without links. */
export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })

/** Registers a device by its verb. */
export const makeDevice = (elm: TestOrganization, deviceId: string, name: string) =>
  registerDevice(elm.asAdmin(), { organizationId: elm.organization.id, deviceId, name })

/** Makes an API user by its verb; gives its id. */
export async function makeApiUser(
  elm: TestOrganization,
  name: string,
  more: { readonly scopes?: string[]; readonly devices?: string[] } = {},
): Promise<string> {
  const { scopes = ['data:read', 'reports:read'], devices = null } = more
  const made = await createApiUser(elm.asAdmin(), {
    organizationId: elm.organization.id,
    name,
    role: 'viewer',
    scopes,
    devices,
  })
  return made.id
}

/** A secret of a service token. */
export const SERVICE_SECRET = /^tok_svc_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/

/** Gives a file to the import and presses Import. */
export async function upload(form: Locator, text: string, name = 'devices.csv'): Promise<void> {
  await form.getByLabel('File').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await form.getByRole('button', { name: 'Import' }).click()
}

/** Expects that a page is not there for whoever looks. */
export async function expectNoPage(page: Page, path: string): Promise<void> {
  const answer = await page.goto(path)
  expect(answer?.status(), path).toBe(404)
}

/** Makes a token by "New token" in a browser that stands at Tokens, and gives its secret. */
export async function makeVerifier(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'New token' }).click()
  const making = dialog(page, 'New token')
  await making.getByLabel('Name').fill(name)
  await toggle(making, 'tokens:verify')
  await making.getByRole('button', { name: 'Generate' }).click()
  const generated = dialog(page, 'Token generated')
  const secret = await show(generated)
  await generated.getByRole('button', { name: 'Copy' }).click()
  await generated.getByRole('button', { name: 'Done' }).click()
  return secret
}

/** Revokes a token and deletes it in the same step. */
export async function revokeAndDelete(page: Page, name: string): Promise<void> {
  await choose(page, name, 'Revoke')
  const ending = dialog(page, `Revoke ${name}?`)
  await ending.getByText('and delete').click()
  await ending.getByRole('button', { name: 'Revoke' }).click()
  await expect(row(page, name)).toHaveCount(0)
}
