import { statusOfMe, USER_AGENT, verify } from './support/api'
import { cell, choose, clipboard, dialog, enter, fact, row, toast, toggle } from './support/desk'
import { expect, test } from './support/test'
import { makeRevealedToken } from './support/tokens'

test('a use is on the open Tokens screen within 2 seconds, and its caller in the Revoke dialog and on the page of the token', async ({
  page,
  elm,
}, testInfo) => {
  const { secret } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  const lastUsed = await cell(page, 'Metering', 'Last used')
  await expect(lastUsed).toHaveText('Last used Never')

  expect(await statusOfMe(secret)).toBe(200)
  const usedAt = performance.now()
  await expect(lastUsed).toHaveText('Last used Just now', { timeout: 2_000 })
  const description = `${Math.round(performance.now() - usedAt)} ms`
  testInfo.annotations.push({ type: 'from the use to the screen', description })

  await choose(page, 'Metering', 'Revoke')
  const asking = dialog(page, 'Revoke Metering?')
  const callers = asking.getByRole('list', { name: 'Callers of the last 7 days' })
  await expect(callers.getByRole('listitem')).toHaveText(new RegExp(`^${USER_AGENT}.*(127\\.0\\.0\\.1|::1)1$`))
  await expect(asking).toContainText('1 caller, 1 request in the last 7 days.')
  await asking.getByRole('button', { name: 'Cancel' }).click()

  await row(page, 'Metering').getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Requests a day' })).toContainText('1 request in 30 days, all good.')
  await expect(page.getByRole('region', { name: 'Callers, last 7 days' })).toContainText(USER_AGENT)
  await expect(fact(page, 'Last used')).toContainText(USER_AGENT)
  await expect(fact(page, 'Last used')).toContainText(/127\.0\.0\.1|::1/)
})

test('a revoked token is refused within a second, and a restored one accepted again', async ({ page, elm }) => {
  const { secret } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  expect(await statusOfMe(secret)).toBe(200)

  await choose(page, 'Metering', 'Revoke')
  await dialog(page, 'Revoke Metering?').getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'Token successfully revoked')).toBeVisible()
  await expect.poll(() => statusOfMe(secret), { timeout: 1_000, intervals: [50] }).toBe(401)

  await choose(page, 'Metering', 'Restore')
  await expect(toast(page, 'Token successfully restored')).toBeVisible()
  await expect.poll(() => statusOfMe(secret), { timeout: 1_000, intervals: [50] }).toBe(200)
})

test('a verifier made in the dialog is told that a token is active, and then that it is revoked', async ({
  page,
  elm,
}) => {
  const { id, secret } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await page.getByRole('button', { name: 'New token' }).click()
  const form = dialog(page, 'New token')
  await form.getByRole('textbox', { name: 'Name' }).fill('Gateway')
  await toggle(form, 'tokens:verify')
  await form.getByRole('button', { name: 'Generate' }).click()
  const generated = dialog(page, 'Token generated')
  await generated.getByRole('button', { name: 'Copy' }).click()
  await expect(toast(page, 'Token copied')).toBeVisible()
  const verifier = await clipboard(page)
  await generated.getByRole('button', { name: 'Done' }).click()

  expect(await verify(verifier, secret)).toMatchObject({
    active: true,
    tokenId: id,
    kind: 'organization',
    name: 'Metering',
    organizationId: elm.organization.id,
    scope: 'data:read reports:read',
    tier: 'Advanced',
  })
  await choose(page, 'Metering', 'Revoke')
  await dialog(page, 'Revoke Metering?').getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'Token successfully revoked')).toBeVisible()
  await expect
    .poll(() => verify(verifier, secret), { timeout: 1_000, intervals: [50] })
    .toEqual({ active: false, reason: 'revoked' })
})
