import { randomBytes } from 'node:crypto'
import { openDatabase } from '#db/client'
import { choose, clipboard, dialog, generate, menuButton, openDesk, row, show, toast, tokenField } from './support/desk'
import { DEMO_PASSWORD } from './support/organization'
import { makeDatabase } from './support/own-database'
import { letConfirmationLapse } from './support/sessions'
import { startServer } from './support/start-server'
import { expect, test } from './support/test'

const EMAIL = 'cedar@demo.example'

test('under policy anytime the eye shows a token again, and copying asks nothing but who one is', async ({ page }) => {
  test.setTimeout(120_000)
  await using resources = new AsyncDisposableStack()
  const { url: databaseUrl } = await makeDatabase(resources, 'anytime')
  const env = { SEAL_KEYS: `k1:${randomBytes(32).toString('base64')}` }
  const server = await startServer({ name: 'anytime-server', database: { url: databaseUrl }, demo: true, env })
  resources.defer(() => server.stop())
  resources.defer(async () => void (await page.goto('about:blank')))
  const db = openDatabase(databaseUrl, { connections: 1 })
  resources.defer(() => db.close())
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  const works = async (secret: string) => {
    const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } })
    return me.status === 200
  }

  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('Email').fill(EMAIL)
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD)
  const signedIn = page.waitForURL(/\/o\/cedar\/tokens/)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await signedIn
  await openDesk(page, `${server.url}/o/cedar/tokens`)

  await row(page, 'Default').hover()
  await page.getByRole('button', { name: 'Reveal Default', exact: true }).click()
  const revealing = dialog(page, 'Reveal Default')
  await expect(revealing).toContainText('You can reveal it again, treat it like a password.')
  const secret = await show(revealing)
  expect(await works(secret)).toBe(true)
  // Nothing is lost by closing, so nothing asks.
  await revealing.getByRole('button', { name: 'Done' }).click()
  await expect(revealing).toHaveCount(0)

  await choose(page, 'Default', 'Copy')
  await expect(toast(page, 'Token copied')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await clipboard(page)).toBe(secret)

  await letConfirmationLapse(db, EMAIL)
  await choose(page, 'Default', 'Reveal')
  await revealing.getByRole('button', { name: 'Show' }).click()
  const password = revealing.getByRole('textbox', { name: 'Password' })
  await password.fill('not the password')
  await page.keyboard.press('Enter')
  await expect(password).toHaveAccessibleDescription('This is not your password.')
  await password.fill(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await expect(tokenField(revealing)).toHaveValue(secret)
  await page.keyboard.press('Escape')
  await expect(revealing).toHaveCount(0)

  await letConfirmationLapse(db, EMAIL)
  await choose(page, 'Default', 'Copy')
  await revealing.getByRole('button', { name: 'Copy' }).click()
  await password.fill(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await expect(toast(page, 'Token copied').first()).toBeVisible()
  await page.keyboard.press('Escape')

  await choose(page, 'Default', 'Revoke')
  await dialog(page, 'Revoke Default?').getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'Token successfully revoked')).toBeVisible()
  const generated = await generate(page, 'Second')
  const second = await show(generated)
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(menuButton(page, 'Second')).toBeVisible()
  await page.reload()
  await choose(page, 'Second', 'Reveal')
  expect(await show(dialog(page, 'Reveal Second'))).toBe(second)
})
