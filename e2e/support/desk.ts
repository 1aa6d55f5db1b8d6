import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Role } from '#lib/authorization'
import { PASSWORD, type TestOrganization } from './organization'

/** Begins a session in the page's browser without walking through the form. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const form = { csrfToken, email, password }
  const answer = await page.request.post('/api/auth/callback/credentials', { form, maxRedirects: 0 })
  expect(answer.headers()['set-cookie']).toContain('session-token')
}

/** Resolves when the page that comes next is alive, so that no click is lost: it has begun to ask for changes. */
export const alive = (page: Page) => page.waitForResponse((response) => response.url().endsWith('/tokens/changes'))

/** Opens a page of the desk and waits until it is alive. */
export async function openDesk(page: Page, path: string): Promise<void> {
  const coming = alive(page)
  await page.goto(path)
  await coming
}

/** The page's Tokens, of an organization. */
export const openTokens = (page: Page, slug: string, query = '') => openDesk(page, `/o/${slug}/tokens${query}`)

/** Signs in with a role in an organization, and opens its Tokens. */
export async function enter(page: Page, elm: TestOrganization, role: Role = 'admin'): Promise<void> {
  await signIn(page, elm[role])
  await openTokens(page, elm.slug)
}

/** The row of a token. */
export const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

/** The cell of a token's row under a heading. */
export async function cell(page: Page, name: string, heading: string): Promise<Locator> {
  await expect(page.getByRole('table', { name: 'Tokens' })).toBeVisible()
  const headings = await page.getByRole('columnheader').allInnerTexts()
  const index = headings.findIndex((text) => text.trim() === heading)
  expect(index, `there is a column ${heading}`).toBeGreaterThanOrEqual(0)
  return row(page, name).getByRole('cell').nth(index)
}

/** What a token's page says under a term of its facts. */
export const fact = (page: Page, term: string): Locator =>
  page
    .getByRole('region', { name: 'Facts' })
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd')

/** The button that opens a token's menu. */
export const menuButton = (page: Page, name: string) =>
  page.getByRole('button', { name: `Actions for ${name}`, exact: true })

/** Chooses from a token's menu. */
export async function choose(page: Page, name: string, action: string): Promise<void> {
  await menuButton(page, name).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** The actions that a token's menu offers; leaves the menu closed. */
export async function offered(page: Page, name: string): Promise<string[]> {
  await menuButton(page, name).click()
  const items = await page.getByRole('menuitem').allInnerTexts()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  return items.map((item) => item.trim())
}

/** The open dialog of that title. */
export const dialog = (page: Page, title: string | RegExp) => page.getByRole('dialog', { name: title })

/** Ticks a scope, or takes the tick away: its name is a part of the box. */
export const toggle = (form: Locator, scope: string) => form.getByText(scope, { exact: true }).click()

/** The message of a toast. */
export const toast = (page: Page, message: string) => page.getByRole('status').filter({ hasText: message })

/** Closes what came of a revocation by its button, which has the focus. */
export async function closeResult(page: Page, title = 'Token successfully revoked'): Promise<void> {
  const result = dialog(page, title)
  await expect(result.getByRole('button', { name: 'Done' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(result).toHaveCount(0)
}

/** Makes a token by the dialog with a name alone, and stands at "Token generated". */
export async function generate(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'New token' }).click()
  await dialog(page, 'New token').getByLabel('Name').fill(name)
  await dialog(page, 'New token').getByRole('button', { name: 'Generate' }).click()
  const generated = dialog(page, 'Token generated')
  await expect(generated).toBeVisible()
  return generated
}

/** The read-only field that a secret is handed over in. */
export const tokenField = (generated: Locator) => generated.getByRole('textbox', { name: 'Token', exact: true })

/** A whole secret of an organization token. */
export const SECRET = /^tok_org_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/

/** Presses Show and gives the secret that stands in the field Token then. */
export async function show(generated: Locator): Promise<string> {
  await generated.getByRole('button', { name: 'Show' }).click()
  const field = tokenField(generated)
  await expect(field).toHaveValue(SECRET)
  return field.inputValue()
}

/** What is on the clipboard. */
export const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
