import type { Page } from '@playwright/test'
import { deleteToken } from '#lib/tokens/delete'
import { revokeToken } from '#lib/tokens/revoke'
import { statusOfMe } from './support/api'
import { cell, dialog, enter, openTokens, row } from './support/desk'
import type { TestOrganization } from './support/organization'
import { expect, test } from './support/test'
import { daysAgo, makeExpiredToken, makeRevealedToken, makeRevokedToken } from './support/tokens'

const tick = (page: Page, name: string) => row(page, name).getByRole('checkbox', { name: `Select ${name}` })
const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
const press = (page: Page, verb: 'Revoke' | 'Delete' | 'Clear') =>
  bar(page).getByRole('button', { name: verb, exact: true }).click()

const makeRevoked = (elm: TestOrganization, count: number) =>
  elm.db.transaction(async (tx) => {
    const within = { ...elm, asAdmin: (at?: Date) => ({ ...elm.asAdmin(at), db: tx }) }
    const ids: string[] = []
    for (let number = 1; number <= count; number++)
      ids.push(
        await makeRevokedToken(within, `Token ${String(number).padStart(2, '0')}`, {
          at: daysAgo(count + 1 - number),
          days: 365,
        }),
      )
    return ids
  })

for (const width of [1280, 375])
  test.describe(`at ${width}`, () => {
    test.use({ viewport: { width, height: 812 } })

    test('several are revoked at once; what fails meanwhile stays selected, with the reason at it', async ({
      page,
      elm,
    }) => {
      const [one, two] = [await makeRevealedToken(elm, 'Metering'), await makeRevealedToken(elm, 'Reading')]
      await makeExpiredToken(elm, 'Nightly')
      await enter(page, elm)
      for (const name of ['Metering', 'Reading', 'Nightly']) await tick(page, name).click()
      await expect(bar(page).getByRole('status')).toHaveText('3 selected')
      await expect(page.getByRole('searchbox')).toHaveCount(0)
      await press(page, 'Revoke')
      const asking = dialog(page, 'Revoke 2 tokens?')
      await expect(asking.getByRole('listitem').filter({ hasText: 'never used' })).toHaveCount(2)
      await expect(asking).toContainText('1 stays as it is')
      await expect(asking).toContainText('Expired: Nightly')
      await expect(asking).not.toContainText('no working token')
      await asking.getByRole('textbox', { name: 'Reason' }).fill('Moved away')
      await revokeToken(elm.asAdmin(), { tokenId: two.id })
      await asking.getByRole('button', { name: 'Revoke' }).click()

      const result = dialog(page, '1 of 3 tokens revoked')
      const lines = result.getByRole('list', { name: 'Result' }).getByRole('listitem')
      await expect(lines).toHaveCount(3)
      await expect(lines.filter({ hasText: 'Metering' })).toContainText('Revoked')
      await expect(lines.filter({ hasText: 'Reading' })).toContainText('This token is revoked.')
      await expect(lines.filter({ hasText: 'Nightly' })).toContainText('Expired')
      await expect(result.getByRole('status')).toContainText(/^1 of them (was refused by|is revoked\. No verifier)/)
      await result.getByRole('button', { name: 'Done' }).click()
      await expect(bar(page).getByRole('status')).toHaveText('2 selected')
      await expect(tick(page, 'Metering')).not.toBeChecked()
      await expect(tick(page, 'Reading')).toBeChecked()
      await expect(row(page, 'Reading')).toContainText('This token is revoked.')
      await expect(await cell(page, 'Metering', 'Status')).toHaveText('Revoked')
      expect(await statusOfMe(one.secret)).toBe(401)

      await press(page, 'Clear')
      await expect(bar(page)).toHaveCount(0)
      await expect(row(page, 'Reading')).not.toContainText('This token is revoked.')
    })
  })

test('a selection outlives paging and a refresh of the list, and Escape ends it', async ({ page, elm }) => {
  const ids = await makeRevoked(elm, 30)
  await enter(page, elm)
  const all = page.getByRole('checkbox', { name: 'Select all on this page' })
  await tick(page, 'Token 30').click()
  await expect(all).toHaveJSProperty('indeterminate', true)
  await all.click()
  await expect(bar(page).getByRole('status')).toHaveText('25 selected')
  await expect(all).toBeChecked()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click()
  await expect(row(page, 'Token 01')).toBeVisible()
  await expect(all).not.toBeChecked()
  await tick(page, 'Token 01').click()
  await expect(bar(page).getByRole('status')).toHaveText('26 selected')
  await deleteToken(elm.asAdmin(), { tokenId: ids[1] ?? '' })
  await expect(row(page, 'Token 02')).toHaveCount(0)
  await expect(tick(page, 'Token 01')).toBeChecked()

  await press(page, 'Delete')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(bar(page).getByRole('status')).toHaveText('26 selected')
  await expect(bar(page).getByRole('button', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(page.getByRole('searchbox')).toBeVisible()
  await expect(tick(page, 'Token 06')).toBeFocused()
})

for (const width of [1280, 375])
  test.describe(`at ${width}, by double click`, () => {
    test.use({ viewport: { width, height: 812 } })

    test('a double click on the button that begins does not stop it', async ({ page, elm }) => {
      await makeRevoked(elm, 2)
      await enter(page, elm)
      for (const name of ['Token 01', 'Token 02']) await tick(page, name).click()
      await press(page, 'Delete')
      const held = Promise.withResolvers<void>()
      await page.route('**/tokens', async (route) => {
        if (route.request().headers()['next-action'] !== undefined) await held.promise
        await route.fallback()
      })
      const button = await dialog(page, 'Delete 2 tokens?').getByRole('button', { name: 'Delete' }).boundingBox()
      await page.mouse.dblclick((button?.x ?? 0) + (button?.width ?? 0) / 2, (button?.y ?? 0) + 8, { delay: 60 })
      const running = dialog(page, 'Deleting 2 tokens')
      await expect(running).toContainText('Five at a time.')
      held.resolve()
      await expect(dialog(page, '2 of 2 tokens deleted')).toBeVisible()
    })
  })

test('a ticked token that somebody else deletes loses its tick, and is not taken for one that works', async ({
  page,
  elm,
}) => {
  const gone = await makeRevokedToken(elm, 'Metering')
  await enter(page, elm)
  await tick(page, 'Metering').click()
  await tick(page, 'Default').click()
  await deleteToken(elm.asAdmin(), { tokenId: gone })
  await expect(row(page, 'Metering')).toHaveCount(0)
  await expect(bar(page).getByRole('status')).toHaveText('1 selected')
  await press(page, 'Revoke')
  await expect(dialog(page, 'Revoke 1 token?')).toContainText('no working token')
})

test('it goes in fives, tells how far it is, and stops between them', async ({ page, elm }) => {
  await makeRevoked(elm, 12)
  await enter(page, elm)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
  await press(page, 'Delete')
  const asking = dialog(page, 'Delete 12 tokens?')
  await expect(asking).toContainText('Active, revoke it first: Default')
  await expect(asking).toContainText('Token 12, never used')
  await expect(asking).toContainText('and 7 more')

  const held = Promise.withResolvers<void>()
  let asked = 0
  await page.route('**/tokens', async (route) => {
    if (route.request().headers()['next-action'] === undefined) return route.fallback()
    asked += 1
    if (asked === 2) await held.promise
    await route.fallback()
  })
  await asking.getByRole('button', { name: 'Delete' }).click()
  const running = dialog(page, 'Deleting 12 tokens')
  const progress = running.getByRole('progressbar', { name: 'Deleting' })
  await expect(progress).toHaveAttribute('aria-valuenow', '5')
  await running.getByRole('button', { name: 'Stop' }).click()
  held.resolve()

  const result = dialog(page, '10 of 13 tokens deleted')
  await expect(result).toContainText('2 left as they are.')
  expect(asked).toBe(2)
  await result.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog(page, '12 of 13 tokens deleted')).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
})

test('a lost answer is not known, never done, and trying again tells what it was', async ({ page, elm }) => {
  await makeRevoked(elm, 6)
  await enter(page, elm)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
  await tick(page, 'Default').click()
  await press(page, 'Delete')
  let lost = false
  await page.route('**/tokens', async (route) => {
    if (lost || route.request().headers()['next-action'] === undefined) return route.fallback()
    lost = true
    await route.fetch()
    await route.abort()
  })
  await dialog(page, 'Delete 6 tokens?').getByRole('button', { name: 'Delete' }).click()
  const result = dialog(page, '0 of 6 tokens deleted')
  await expect(result.getByText('Not known', { exact: true })).toHaveCount(5)
  await expect(result.getByText('Left as it is', { exact: true })).toHaveCount(1)
  await result.getByRole('button', { name: 'Try again' }).click()
  await expect(dialog(page, '6 of 6 tokens deleted')).toBeVisible()
})

test('revoking all says that no working token is left; who may not manage has nothing to tick', async ({
  page,
  elm,
  browserOf,
}) => {
  await enter(page, elm)
  await tick(page, 'Default').click()
  await press(page, 'Revoke')
  await expect(dialog(page, 'Revoke 1 token?')).toContainText(`${elm.name} will have no working token`)
  const viewer = await browserOf(elm.viewer)
  await openTokens(viewer, elm.slug)
  await expect(row(viewer, 'Default')).toBeVisible()
  await expect(viewer.getByRole('checkbox')).toHaveCount(0)
})
