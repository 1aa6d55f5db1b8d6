import { readFile } from 'node:fs/promises'
import { statusOfMe } from './support/api'
import {
  choose,
  clipboard,
  dialog,
  enter,
  generate,
  offered,
  row,
  SECRET,
  show,
  toast,
  tokenField,
} from './support/desk'
import { expect, test } from './support/test'

test('Show reveals a secret that works, and it is gone for good after Done', async ({ desk }) => {
  const generated = await generate(desk, 'Metering')
  const secret = await show(generated)
  await expect(toast(desk, 'Token successfully generated')).toBeVisible()
  expect(await statusOfMe(secret)).toBe(200)
  await generated.getByRole('button', { name: 'Hide' }).click()
  await expect(tokenField(generated)).toHaveValue(`${secret.slice(0, 25)}${'•'.repeat(45)}${secret.slice(-4)}`)

  await generated.getByRole('button', { name: 'Copy' }).click()
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(generated).toHaveCount(0)
  await expect(row(desk, 'Metering')).toContainText(`ends in ${secret.slice(-4)}`)
  expect(await offered(desk, 'Metering')).toEqual(['Edit', 'Rotate', 'Revoke'])
  expect(await desk.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('tokenry')
})

test('Copy in the dialog puts on the clipboard what the API accepts, and says both messages', async ({ desk }) => {
  const generated = await generate(desk, 'Metering')
  await generated.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(desk, 'Token successfully generated')).toBeVisible()
  await expect(toast(desk, 'Token copied')).toBeVisible()
  const secret = await clipboard(desk)
  expect(secret).toMatch(SECRET)
  expect(await statusOfMe(secret)).toBe(200)
  await expect(tokenField(generated)).not.toHaveValue(SECRET)
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(generated).toHaveCount(0)
})

test('Download saves the secret as <token-name>-token.txt', async ({ desk }) => {
  const generated = await generate(desk, 'nightly backup/2')
  const saving = desk.waitForEvent('download')
  await generated.getByRole('button', { name: 'Download' }).click()
  const file = await saving
  expect(file.suggestedFilename()).toBe('nightly-backup-2-token.txt')
  const secret = await readFile(await file.path(), 'utf8')
  expect(secret.trimEnd()).toMatch(SECRET)
  expect(await statusOfMe(secret.trimEnd())).toBe(200)
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(generated).toHaveCount(0)
})

test("the row's Copy asks first, then copies without showing", async ({ desk }) => {
  await choose(desk, 'Default', 'Copy')
  const asking = dialog(desk, 'Copy Default?')
  await expect(asking).toContainText('This is the only time. Copy now?')
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(asking).toHaveCount(0)
  await expect(row(desk, 'Default')).toContainText('not revealed yet')

  await choose(desk, 'Default', 'Copy')
  await asking.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(desk, 'Token successfully generated')).toBeVisible()
  await expect(toast(desk, 'Token copied')).toBeVisible()
  await expect(asking).toHaveCount(0)
  const secret = await clipboard(desk)
  expect(await statusOfMe(secret)).toBe(200)
  await expect(row(desk, 'Default')).toContainText(`ends in ${secret.slice(-4)}`)
})

test('closed unopened it says so, and the eye in the row reveals it later', async ({ desk }) => {
  const generated = await generate(desk, 'Metering')
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(toast(desk, 'Not revealed yet: reveal it from the list')).toBeVisible()
  await expect(generated).toHaveCount(0)

  await row(desk, 'Metering').hover()
  await desk.getByRole('button', { name: 'Reveal Metering' }).click()
  const reveal = dialog(desk, 'Reveal Metering')
  expect(await statusOfMe(await show(reveal))).toBe(200)
  await expect(toast(desk, 'Token successfully generated')).toBeVisible()
})

test('opened and neither copied nor downloaded, closing asks once more', async ({ desk }) => {
  const generated = await generate(desk, 'Metering')
  const secret = await show(generated)
  await generated.getByRole('button', { name: 'Done' }).click()
  const question = generated.getByText('You have neither copied nor downloaded it.')
  await expect(question).toBeVisible()
  await generated.getByRole('button', { name: 'Keep open' }).click()
  await expect(question).toHaveCount(0)
  await expect(tokenField(generated)).toHaveValue(secret)

  await generated.getByRole('button', { name: 'Close', exact: true }).click()
  await generated.getByRole('button', { name: 'Close without copying' }).click()
  await expect(generated).toHaveCount(0)
  await expect.poll(() => offered(desk, 'Metering')).not.toContain('Reveal')
})

test('where the clipboard is closed Copy becomes reveal, and the secret stands selected to be copied by hand', async ({
  page,
  context,
  elm,
}) => {
  await context.clearPermissions()
  // Whatever is not granted is denied from here on.
  await context.grantPermissions(['geolocation'])
  await enter(page, elm)
  await choose(page, 'Default', 'Copy')
  const reveal = dialog(page, 'Reveal Default')
  await expect(tokenField(reveal)).not.toHaveValue(SECRET)
  await reveal.getByRole('button', { name: 'Copy' }).click()
  await expect(reveal.getByRole('alert')).toContainText('copy it by hand')
  await expect(tokenField(reveal)).toHaveValue(SECRET)
  await expect(tokenField(reveal)).toBeFocused()
  const selected = await tokenField(reveal).evaluate((field: HTMLTextAreaElement) =>
    field.value.slice(field.selectionStart, field.selectionEnd),
  )
  expect(selected).toMatch(SECRET)
  expect(await statusOfMe(selected)).toBe(200)
})
