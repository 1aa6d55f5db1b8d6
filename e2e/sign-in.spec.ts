import type { Page } from '@playwright/test'
import { PASSWORD } from './support/organization'
import { expect, test } from './support/test'
import { makeToken } from './support/tokens'

/** Waits until the page's script has taken over: before that the form posts itself. */
const untilAlive = (page: Page) =>
  page.waitForFunction(() => Object.keys(document.querySelector('form') ?? {}).some((key) => key.startsWith('__react')))

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await untilAlive(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const atTokens = (page: Page) => expect(page.getByRole('heading', { name: 'Tokens', level: 1 })).toBeVisible()

test('the right password opens the desk', async ({ page, elm }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await fillIn(page, elm.admin.toUpperCase(), PASSWORD)
  await atTokens(page)
  await expect(page).toHaveURL(`/o/${elm.slug}/tokens`)
})

test('a wrong password and an unknown e-mail get the same answer, and the e-mail is kept', async ({ page, elm }) => {
  await page.goto('/sign-in')
  const email = page.getByRole('textbox', { name: 'Email' })
  const password = page.getByLabel('Password', { exact: true })
  for (const address of [elm.admin, 'nobody@nowhere.example']) {
    await fillIn(page, address, 'not the password')
    await expect(page.getByRole('main').getByRole('alert')).toHaveText('Email or password is wrong.')
    await expect(email).toHaveValue(address)
    await expect(password).toHaveValue('')
    await expect(password).toBeFocused()
    await page.reload()
  }
  expect(await page.context().cookies()).not.toContainEqual(expect.objectContaining({ name: /session-token/ }))
})

test('after ten wrong passwords the form says how long to wait, and next-auth has no way around it', async ({
  page,
  elm,
}) => {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const post = (password: string) =>
    page.request.post('/api/auth/callback/credentials', {
      form: { csrfToken, email: elm.member, password },
      maxRedirects: 0,
    })
  for (let n = 0; n < 10; n++) expect((await post(`guess number ${n}`)).status()).toBe(302)
  const refused = await post(PASSWORD)
  expect(refused.status()).toBe(429)
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(14 * 60)
  expect(refused.headers()['set-cookie'] ?? '').not.toContain('session-token')

  await page.goto('/sign-in')
  await fillIn(page, elm.member, PASSWORD)
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('Too many tries. Try again in 15 minutes.')
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(elm.member)
})

test('what is missing is said beside its field, and focus goes to the first', async ({ page }) => {
  await page.goto('/sign-in')
  await untilAlive(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const email = page.getByRole('textbox', { name: 'Email' })
  await expect(email).toBeFocused()
  await expect(email).toHaveAccessibleDescription(/^Enter your e-?mail/)
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription('Enter your password.')
})

test('a link into the desk is where one is after signing in', async ({ page, elm }) => {
  const id = await makeToken(elm, 'Metering')
  await page.goto(`/o/${elm.slug}/tokens/${id}`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await fillIn(page, elm.admin, PASSWORD)
  await expect(page).toHaveURL(`/o/${elm.slug}/tokens/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Metering')
})

test('a filtered list is where one is after signing in', async ({ page, elm }) => {
  await page.goto(`/sign-in?next=${encodeURIComponent(`/o/${elm.slug}/tokens?status=active`)}`)
  await fillIn(page, elm.admin, PASSWORD)
  await expect(page).toHaveURL(`/o/${elm.slug}/tokens?status=active`)
})

test('signing in never leads away from here', async ({ page, elm }) => {
  for (const next of [
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await fillIn(page, elm.admin, PASSWORD)
    await atTokens(page)
    await expect(page).toHaveURL(`/o/${elm.slug}/tokens`)
    await page.context().clearCookies()
  }
})

test('a password sent before the script runs stands in no address', async ({ browser, elm }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url(), request.headers()['referer'] ?? ''))
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Email' }).fill(elm.admin)
  await page.getByLabel('Password', { exact: true }).fill('correct-horse-battery')
  const posted = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await posted
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(addresses.join(' ') + page.url()).not.toContain('correct-horse')
  await context.close()
})
