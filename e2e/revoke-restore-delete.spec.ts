import { statusOfMe } from './support/api'
import {
  cell,
  choose,
  closeResult,
  dialog,
  enter,
  fact,
  generate,
  menuButton,
  offered,
  openDesk,
  row,
  toast,
} from './support/desk'
import { expect, test } from './support/test'
import { makeRevealedToken, makeRevokedToken } from './support/tokens'
import { registerVerifier } from './support/verifiers'

test('Revoke asks with Cancel focused, keeps the reason, and the list shows it without a reload', async ({
  page,
  elm,
}) => {
  await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  let loads = 0
  page.on('load', () => loads++)
  await choose(page, 'Metering', 'Revoke')
  const asking = dialog(page, 'Revoke Metering?')
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(asking).toContainText(/never used|nothing has used it/i)
  await asking.getByRole('textbox', { name: 'Reason' }).fill('Moved to the new importer')
  await asking.getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'Token successfully revoked')).toBeVisible()
  await expect(await cell(page, 'Metering', 'Status')).toHaveText('Revoked')
  expect(await offered(page, 'Metering')).toEqual(['Edit', 'Restore', 'Delete'])
  expect(loads).toBe(0)

  await row(page, 'Metering').getByRole('link').click()
  await expect(fact(page, 'Revoked')).toContainText('Moved to the new importer')
  await expect(page.getByRole('region', { name: 'Audit trail' })).toContainText('Moved to the new importer')
})

test('a token revoked as leaked cannot be restored, and says so', async ({ page, elm }) => {
  await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Revoke')
  const asking = dialog(page, 'Revoke Metering?')
  await expect(asking).toContainText('You can restore it')
  await asking.getByText('It leaked, so that nobody can restore it').click()
  await expect(asking).toContainText("It can't be restored.")
  await asking.getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'Token successfully revoked')).toBeVisible()
  // The list follows a moment after the toast.
  await expect.poll(() => offered(page, 'Metering')).toEqual(['Edit', 'Delete'])
  await row(page, 'Metering').getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Audit trail' })).toContainText('It leaked')
})

test('revoking the last active token warns that none is left', async ({ page, elm }) => {
  await enter(page, elm)
  await choose(page, 'Default', 'Revoke')
  await expect(dialog(page, 'Revoke Default?')).toContainText(`${elm.name} will have no working token`)
})

test('Restore works at once, without asking', async ({ page, elm }) => {
  await makeRevokedToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Restore')
  await expect(toast(page, 'Token successfully restored')).toBeVisible()
  await expect(await cell(page, 'Metering', 'Status')).toHaveText('Active')
})

test('Delete asks in the dialog "Delete Token" and takes the row away', async ({ page, elm }) => {
  await makeRevokedToken(elm, 'Metering')
  await enter(page, elm)
  await row(page, 'Metering').hover()
  await page.getByRole('button', { name: 'Delete Metering' }).click()
  const asking = dialog(page, 'Delete Token')
  await expect(asking.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(row(page, 'Metering')).toBeVisible()

  await choose(page, 'Metering', 'Delete')
  await expect(asking).toContainText('Metering was never used.')
  await asking.getByRole('button', { name: 'Delete' }).click()
  await expect(toast(page, 'Token successfully deleted')).toBeVisible()
  await expect(row(page, 'Metering')).toHaveCount(0)
})

test('the name of a deleted token is free again', async ({ page, elm }) => {
  await makeRevokedToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Delete')
  await dialog(page, 'Delete Token').getByRole('button', { name: 'Delete' }).click()
  await expect(row(page, 'Metering')).toHaveCount(0)
  await generate(page, 'Metering')
})

test('Revoke "and delete" does both in one step', async ({ page, elm }) => {
  const { secret } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await choose(page, 'Metering', 'Revoke')
  const asking = dialog(page, 'Revoke Metering?')
  await asking.getByRole('checkbox', { name: 'and delete' }).click()
  await expect(asking).toContainText("It can't be restored.")
  await asking.getByRole('button', { name: 'Revoke' }).click()
  await expect(toast(page, 'Token successfully deleted')).toBeVisible()
  await expect(row(page, 'Metering')).toHaveCount(0)
  expect(await statusOfMe(secret)).toBe(401)
})

// Other journeys have verifiers that never answer.
const REFUSED = /Metering was refused by \d+ of \d+ verifiers in \d+ ms/

test('the result names every verifier with its time, beside a page that stays in use, and offers Restore', async ({
  page,
  elm,
}) => {
  await using resources = new AsyncDisposableStack()
  const gateway = await registerVerifier(resources, elm, 'gateway-1')
  const { id } = await makeRevealedToken(elm, 'Metering')
  gateway.lives()
  await enter(page, elm)
  const revoke = async () => {
    await choose(page, 'Metering', 'Revoke')
    await dialog(page, 'Revoke Metering?').getByRole('button', { name: 'Revoke' }).click()
  }
  await revoke()
  const result = dialog(page, 'Token successfully revoked')
  await gateway.acknowledge(id)
  await expect(result).toContainText(REFUSED)
  await expect(result.getByRole('listitem').filter({ hasText: 'gateway-1' })).toContainText(/refuses it\s*\d+ ms$/)
  await expect(result.getByRole('button', { name: 'Done' })).toBeFocused()
  await expect(page.getByText('Token successfully revoked')).toHaveCount(1)
  await expect(row(page, 'Metering')).toContainText('Revoked')
  await result.getByRole('button', { name: 'Restore' }).click()
  await expect(toast(page, 'Token successfully restored')).toBeVisible()
  await expect(result).toHaveCount(0)
  await expect(menuButton(page, 'Metering')).toBeFocused()

  await revoke()
  await expect(result).toBeVisible()
  await page.getByText('tokens active').first().click()
  await expect(result).toHaveCount(0)
})

test('a verifier that does not answer is named, never ticked, and done with when its lease has run out', async ({
  page,
  elm,
}) => {
  await using resources = new AsyncDisposableStack()
  // Its own, and named last of those that have not answered.
  const name = `gateway-z-${elm.slug}`
  const gateway = await registerVerifier(resources, elm, name)
  const { id } = await makeRevealedToken(elm, 'Metering')
  await enter(page, elm)
  await openDesk(page, `/o/${elm.slug}/tokens/${id}`)
  await choose(page, 'Metering', 'Revoke')
  const asking = dialog(page, 'Revoke Metering?')
  await asking.getByRole('checkbox', { name: 'and delete' }).click()
  await gateway.seen()
  await asking.getByRole('button', { name: 'Revoke' }).click()
  const result = dialog(page, 'Token successfully revoked')
  const line = result.getByRole('listitem').filter({ hasText: name })
  await expect(line).toContainText('not confirmed yet')
  await expect(result).toContainText(new RegExp(`${name} (has|have) not answered yet; .+ out at \\d\\d:\\d\\d:\\d\\d`))
  await expect(toast(page, 'Token successfully deleted')).toBeVisible()

  await page.route('**/revocations?*', (route) => route.abort(), { times: 1 })
  await expect(result).toContainText('could not be read just now')
  await result.getByRole('button', { name: 'Retry' }).click()
  await expect(result).toContainText(
    new RegExp(
      `${name} (has|have) not answered; .+ ran out at \\d\\d:\\d\\d:\\d\\d, so (it accepts|they accept) it no longer\\.`,
    ),
  )
  await expect(line).not.toContainText('refuses it')
  await expect(result.getByRole('button', { name: 'Restore' })).toHaveCount(0)
  // It was asked for on the page of the token, which is gone.
  await expect(page).toHaveURL(/\/tokens$/)
  await result.getByRole('button', { name: 'Done' }).focus()
  await closeResult(page)
})
