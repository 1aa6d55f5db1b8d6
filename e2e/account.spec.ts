import type { Page } from '@playwright/test'
import { statusOfMe } from './support/api'
import { choose, dialog, generate, menuButton, row, signIn, toast } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { PASSWORD } from './support/organization'
import { ofThisRun } from './support/run'
import { expect, test } from './support/test'

const PERSONAL_SECRET = /tok_pat_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}/

async function openAccount(page: Page, tab: 'Profile' | 'API token' | 'Security'): Promise<void> {
  await page.goto('/account')
  await expect(page.getByRole('heading', { level: 1, name: 'Account settings' })).toBeVisible()
  await page.getByRole('tab', { name: tab }).click()
  await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
}

test('the token made at registration is revealed under Account settings, works, and is called a user token', async ({
  page,
  elm,
}) => {
  await signIn(page, elm.viewer)
  await page.goto(`/o/${elm.slug}/tokens`)
  await page.getByRole('button', { name: elm.viewer }).click()
  await page.getByRole('menuitem', { name: 'Account settings' }).click()
  await page.getByRole('tab', { name: 'API token' }).click()
  await expect(page).toHaveURL(/\/account\?tab=api-token/)
  await expect(page.getByText('A personal token acts as you')).toBeVisible()
  await expect(page.getByRole('link', { name: elm.name })).toBeVisible()

  await choose(page, 'Personal', 'Reveal')
  const revealing = dialog(page, /Personal/)
  await revealing.getByRole('button', { name: 'Show' }).click()
  const field = revealing.getByRole('textbox', { name: 'Token', exact: true })
  await expect(field).toHaveValue(PERSONAL_SECRET)
  const secret = await field.inputValue()
  await revealing.getByRole('button', { name: 'Copy' }).click()
  await revealing.getByRole('button', { name: 'Done' }).click()
  expect(await statusOfMe(secret)).toBe(200)

  await choose(page, 'Personal', 'Revoke')
  await dialog(page, 'Revoke Personal?').getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'User token successfully revoked')).toBeVisible()
  expect(await statusOfMe(secret)).toBe(401)
  await choose(page, 'Personal', 'Restore')
  await expect(toast(page, 'User token successfully restored')).toBeVisible()
  expect(await statusOfMe(secret)).toBe(200)
})

test('a personal token is nobody else’s: neither a co-member nor an admin above sees its page', async ({
  page,
  elm,
  browserOf,
}) => {
  await signIn(page, elm.member)
  await openAccount(page, 'API token')
  await row(page, 'Personal').getByRole('link', { name: 'Personal' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Personal' })).toBeVisible()
  const path = new URL(page.url()).pathname
  for (const other of [await browserOf(elm.admin), await browserOf('admin@demo.example', 'tokenry-demo')]) {
    const answer = await other.request.get(path)
    expect(answer.status()).toBe(404)
    expect((await other.request.get(path.replace('/account', `/o/${elm.slug}`))).status()).toBe(404)
  }
})

test('a reload in the middle of revealing a personal token shows the same secret', async ({ page, elm }) => {
  await signIn(page, elm.member)
  await openAccount(page, 'API token')
  const generated = await generate(page, 'Own script')
  await generated.getByRole('button', { name: 'Show' }).click()
  const field = generated.getByRole('textbox', { name: 'Token', exact: true })
  await expect(field).toHaveValue(PERSONAL_SECRET)
  const secret = await field.inputValue()
  page.on('dialog', (question) => void question.accept())
  await page.reload()
  await expect(generated).toBeVisible()
  await generated.getByRole('button', { name: 'Show' }).click()
  await expect(field).toHaveValue(secret)
})

test('a new name is kept, and one that cannot be seen is refused beside the field', async ({ page, elm }) => {
  await signIn(page, elm.member)
  await openAccount(page, 'Profile')
  await page.getByLabel('Name').fill('\u200b')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Use at least one character that can be seen.')).toBeVisible()
  await expect(page.getByLabel('Name')).toBeFocused()
  await page.getByLabel('Name').fill('Zoë Ångström')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Profile saved')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Name')).toHaveValue('Zoë Ångström')
})

test('a changed password ends every other session, and the old one opens nothing any more', async ({
  page,
  elm,
  browserOf,
}) => {
  const elsewhere = await browserOf(elm.member)
  await signIn(page, elm.member)
  await openAccount(page, 'Security')
  await page.getByLabel('Current password').fill('not the password')
  await page.getByLabel('New password').fill('sh0rt pass')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Use at least 12 characters.')).toBeVisible()
  await page.getByLabel('Current password').fill('not the password')
  await page.getByLabel('New password').fill('a quite different one')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  for (const label of ['Current password', 'New password']) await expect(page.getByLabel(label)).toHaveValue('')
  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByLabel('New password').fill('a quite different one')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(toast(page, 'Password changed')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('tab', { name: 'Security' })).toBeVisible()
  await elsewhere.goto('/account')
  await expect(elsewhere).toHaveURL(/\/sign-in/)
  await expect(signIn(elsewhere, elm.member)).rejects.toThrow()
  await signIn(elsewhere, elm.member, 'a quite different one')
})

test('one session is ended from the list, and Sign out everywhere ends them all', async ({ page, elm, browserOf }) => {
  const elsewhere = await browserOf(elm.member)
  await signIn(page, elm.member)
  await openAccount(page, 'Security')
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.first()).toContainText('This session')
  await expect(sessions.last().getByRole('button')).toHaveAccessibleDescription(/^Last seen .*, signed in .*/)
  await sessions.last().getByRole('button').click()
  await expect(toast(page, 'Session ended')).toBeVisible()
  await expect(sessions).toHaveCount(1)
  await elsewhere.goto('/account')
  await expect(elsewhere).toHaveURL(/\/sign-in/)

  await signIn(elsewhere, elm.member)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await elsewhere.goto('/account')
  await expect(elsewhere).toHaveURL(/\/sign-in/)
})

test('the tabs are walked by arrow keys, and each stands in the URL', async ({ page, elm }) => {
  await signIn(page, elm.admin)
  await openAccount(page, 'Profile')
  await page.getByRole('tab', { name: 'Profile' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'API token' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/tab=api-token/)
  await expect(menuButton(page, 'Personal')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('tab', { name: 'Profile' })).toHaveAttribute('aria-selected', 'true')
})

for (const as of LOOKS)
  test(`Account settings at ${as.width}`, async ({ browser, elm }) => {
    const context = await browser.newContext({ ...browserFor(as), baseURL: ofThisRun('E2E_BASE_URL') })
    const page = await context.newPage()
    await signIn(page, elm.admin)
    for (const tab of ['Profile', 'API token', 'Security'] as const) {
      await openAccount(page, tab)
      await look(page, `account-${tab.toLowerCase().replace(' ', '-')}`, as, true)
    }
    await openAccount(page, 'API token')
    await row(page, 'Personal').getByRole('link', { name: 'Personal' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Personal' })).toBeVisible()
    await look(page, 'account-token', as, true)
    await context.close()
  })
