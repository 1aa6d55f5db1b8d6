import { statusOfMe } from './support/api'
import { cell, choose, dialog, enter, fact, row, toast, toggle } from './support/desk'
import { expect, test } from './support/test'
import { makeExpiredToken, makeRevealedToken, makeToken } from './support/tokens'

const nextYear = new Date().getFullYear() + 1
const TAKEN = /^A token named "default" exists\. Choose another name\.$/i

test('name, expiration, scopes and allowed IP ranges change and the secret stays', async ({ page, elm }) => {
  const { secret } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Edit')
  const form = dialog(page, 'Edit Metering')
  await form.getByRole('textbox', { name: 'Name' }).fill('Metering gateway')
  await form.getByRole('radio', { name: '1 year' }).click()
  await toggle(form, 'tokens:read')
  await form.getByRole('textbox', { name: 'Allowed IP ranges' }).fill('127.0.0.0/8\n::1')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Token successfully updated')).toBeVisible()
  await expect(form).toHaveCount(0)

  await row(page, 'Metering gateway').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Metering gateway')
  await expect(fact(page, 'Scopes')).toHaveText('data:readreports:readtokens:read')
  await expect(fact(page, 'Allowed IPs')).toHaveText('127.0.0.0/8::1')
  await expect(fact(page, 'Expires')).toContainText(String(nextYear))
  expect(await statusOfMe(secret)).toBe(200)
})

test('a token is refused from an address outside its ranges', async ({ page, elm }) => {
  const { secret } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Edit')
  const form = dialog(page, 'Edit Metering')
  const ranges = form.getByRole('textbox', { name: 'Allowed IP ranges' })
  await ranges.fill('203.0.113.0/24\nnonsense')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(ranges).toHaveAccessibleDescription(/^Line 2: /)
  await expect(ranges).toBeFocused()
  await expect(ranges).toHaveValue('203.0.113.0/24\nnonsense')
  await ranges.fill('203.0.113.0/24')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Token successfully updated')).toBeVisible()
  expect(await statusOfMe(secret)).toBe(401)
})

test('Status revokes and restores; a revoked token has Name and Status alone', async ({ page, elm }) => {
  const { secret } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Edit')
  const form = dialog(page, 'Edit Metering')
  await form.getByRole('radio', { name: 'Revoked' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Token successfully updated')).toBeVisible()
  await expect(await cell(page, 'Metering', 'Status')).toHaveText('Revoked')
  expect(await statusOfMe(secret)).toBe(401)

  await choose(page, 'Metering', 'Edit')
  await expect(form.getByRole('textbox')).toHaveCount(1)
  await expect(form.getByRole('checkbox')).toHaveCount(0)
  await form.getByRole('radio', { name: 'Active' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(await cell(page, 'Metering', 'Status')).toHaveText('Active')
  expect(await statusOfMe(secret)).toBe(200)
})

test('an expired token has its status as text, and a later expiration makes it active', async ({ page, elm }) => {
  await makeExpiredToken(elm, 'Old one')
  await enter(page, elm)
  await choose(page, 'Old one', 'Edit')
  const form = dialog(page, 'Edit Old one')
  await expect(form.getByRole('radiogroup', { name: 'Status' })).toHaveCount(0)
  await expect(form.getByText('Expired', { exact: true })).toBeVisible()
  await form.getByRole('radio', { name: '30 days' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Token successfully updated')).toBeVisible()
  await expect(await cell(page, 'Old one', 'Status')).toHaveText('Active')
})

test('a name taken in another case is refused beside the field', async ({ page, elm }) => {
  await makeToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Edit')
  const name = dialog(page, 'Edit Metering').getByRole('textbox', { name: 'Name' })
  await name.fill('DEFAULT')
  await dialog(page, 'Edit Metering').getByRole('button', { name: 'Save' }).click()
  await expect(name).toHaveAccessibleDescription(TAKEN)
  await expect(name).toBeFocused()
})
