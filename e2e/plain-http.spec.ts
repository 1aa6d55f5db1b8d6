import { readFile } from 'node:fs/promises'
import { statusOfMe } from './support/api'
import { alive, choose, dialog, generate, row, SECRET, show, toast, tokenField } from './support/desk'
import { PASSWORD } from './support/organization'
import { ofThisRun } from './support/run'
import { expect, test } from './support/test'

test.use({ permissions: [] })

test('on plain http, where a browser gives no clipboard and little cryptography, everything works', async ({
  page,
  elm,
}) => {
  const address = new URL(ofThisRun('E2E_BASE_URL'))
  address.hostname = 'tokens.test'
  const answer = await page.goto(new URL(`/o/${elm.slug}/tokens`, address).href)
  expect(answer?.headers()).not.toHaveProperty('strict-transport-security')
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await page.getByLabel('Email').fill(elm.admin)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  const coming = alive(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await coming
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  expect(new URL(page.url()).host).toBe(address.host)

  const shown = await generate(page, 'Metering')
  const secret = await show(shown)
  expect(await statusOfMe(secret)).toBe(200)
  await shown.getByRole('button', { name: 'Copy' }).click()
  await expect(shown.getByRole('alert')).toContainText('copy it by hand')
  await expect(tokenField(shown)).toBeFocused()
  await page.keyboard.press('ControlOrMeta+c')
  await expect(toast(page, 'Token copied')).toBeVisible()
  await shown.getByRole('button', { name: 'Done' }).click()
  await expect(shown).toHaveCount(0)

  await choose(page, 'Default', 'Copy')
  const reveal = dialog(page, 'Reveal Default')
  await expect(tokenField(reveal)).not.toHaveValue(SECRET)
  const saving = page.waitForEvent('download')
  await reveal.getByRole('button', { name: 'Download' }).click()
  const saved = (await readFile(await (await saving).path(), 'utf8')).trimEnd()
  expect(await statusOfMe(saved)).toBe(200)
  await reveal.getByRole('button', { name: 'Done' }).click()
  await expect(row(page, 'Default')).toContainText(`ends in ${saved.slice(-4)}`)

  await page.getByRole('button', { name: elm.admin }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  expect(new URL(page.url()).host).toBe(address.host)
})
