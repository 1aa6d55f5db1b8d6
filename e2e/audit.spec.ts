import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { revokeToken } from '#lib/tokens/revoke'
import { dialog, signIn } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { expectNoPage, openQuiet } from './support/people'
import { makeReseller } from './support/reseller'
import { expect, test } from './support/test'
import { daysAgo, makeRevealedToken, makeToken } from './support/tokens'

const log = (slug: string, query = '') => `/o/${slug}/audit${query}`
const sentence = (page: Page, words: string) => page.getByRole('row').filter({ hasText: words })

/** Presses Download CSV and gives the lines of the file, each by its columns. */
async function download(page: Page): Promise<Record<string, string>[]> {
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const text = await readFile(await (await saving).path(), 'utf8')
  return parse<Record<string, string>>(text, { columns: true, bom: true })
}

test('an admin finds who revealed a token, narrows by links alone, and saves exactly what is shown', async ({
  page,
  elm,
}) => {
  const { id } = await makeRevealedToken(elm, '=Metering', { at: daysAgo(3) })
  const other = await makeToken(elm, 'Other')
  await revokeToken(elm.asAdmin(), { tokenId: other, reason: 'Moved to the new importer' })
  await signIn(page, elm.admin)
  await openQuiet(page, `/o/${elm.slug}/tokens`)
  await page.getByRole('link', { name: 'Audit log' }).click()
  await expect(page.getByRole('heading', { name: 'Audit log', level: 1 })).toBeVisible()
  await expect(page.getByText(`A secret was opened once in the last 7 days, the latest by ${elm.admin}`)).toBeVisible()
  await expect(sentence(page, `${elm.admin} revoked Other`)).toContainText('Reason: Moved to the new importer')
  // Who of those above acted here is named.
  await expect(sentence(page, `reseller@demo.example opened ${elm.name}`)).toBeVisible()

  await page.getByRole('link', { name: 'Secrets opened' }).click()
  await expect(page.getByRole('row')).toHaveCount(2)
  const row = sentence(page, `${elm.admin} revealed =Metering`)
  await expect(row).toContainText('192.0.2.7')
  await expect(row.locator('time')).toHaveText('3 days ago')
  await expect(row.locator('time')).toHaveAttribute('title', /\d{4}, \d\d:\d\d:\d\d/)
  expect((await download(page)).map(({ Action, Target }) => [Action, Target])).toEqual([
    ['token.revealed', "'=Metering"],
  ])

  // From one event to all that was done to the same thing.
  const button = row.getByRole('button', { name: /^Details/ })
  await button.press('Enter')
  const details = dialog(page, `${elm.admin} revealed =Metering`)
  await expect(details).toContainText(id)
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await button.press('Enter')
  await details.getByRole('link', { name: 'All that was done to =Metering' }).press('Enter')
  await expect(details).toHaveCount(0)
  await expect(page).toHaveURL(/about=/)
  await page.getByRole('link', { name: 'All', exact: true }).click()
  await expect(page.getByRole('row')).toHaveCount(3)
  await expect(sentence(page, `${elm.admin} created =Metering`)).toBeVisible()
  expect((await download(page)).map(({ Action }) => Action)).toEqual(['token.revealed', 'token.created'])
  await page.getByRole('link', { name: 'About =Metering' }).click()

  // That it was saved is an event too.
  await expect(sentence(page, `${elm.admin} exported the audit log of ${elm.name}`)).toHaveCount(2)
  await page.getByRole('searchbox').fill('nobody at all')
  await expect(page.getByText("No event matches 'nobody at all'.")).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await sentence(page, `${elm.admin} revealed =Metering`).getByRole('link', { name: '=Metering' }).click()
  await expect(page).toHaveURL(`/o/${elm.slug}/tokens/${id}`)
  await expect(page.getByRole('region', { name: 'Audit trail' })).toContainText(`${elm.admin} revealed it`)
})

test('days chosen hold what happened on them where the viewer is, and a period turned round is refused', async ({
  page,
  elm,
}) => {
  // 22:30 in UTC is half past midnight of the next day in Berlin, in summer time.
  await makeToken(elm, 'Before', { at: new Date('2026-07-01T21:59:59Z') })
  await makeToken(elm, 'Within', { at: new Date('2026-07-01T22:30:00Z') })
  await makeToken(elm, 'After', { at: new Date('2026-07-02T22:00:00Z') })
  await signIn(page, elm.admin)
  await openQuiet(page, log(elm.slug))
  await page.getByRole('button', { name: 'Dates' }).click()
  const dates = page.getByRole('form', { name: 'Dates' })
  await dates.getByLabel('First day').fill('2026-07-03')
  await dates.getByLabel('Last day').fill('2026-07-02')
  await dates.getByRole('button', { name: 'Show' }).click()
  await expect(dates).toContainText('The last day lies before the first.')
  await expect(dates.getByLabel('Last day')).toBeFocused()
  await dates.getByLabel('First day').fill('2026-07-02')
  await dates.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/from=2026-07-01T22%3A00%3A00\.000Z|from=2026-07-01T22:00:00\.000Z/)
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(sentence(page, 'created Within')).toBeVisible()
  await expect(dates.getByLabel('First day')).toHaveValue('2026-07-02')
  await expect(dates.getByLabel('Last day')).toHaveValue('2026-07-02')
  await page.getByRole('link', { name: 'Any time' }).click()
  await expect(sentence(page, 'created After')).toBeVisible()
  await openQuiet(page, log(elm.slug, '?from=2026-07-03&to=2026-07-01'))
  await expect(page.getByText('That period ends before it begins.')).toBeVisible()
  const nonsense = '?after=nonsense&before=1e9&at=0&show=__proto__&about=%00:&from=0&to=x&below=&q=%ED%A0%80'
  for (const path of ['', '/csv']) expect((await page.request.get(log(elm.slug, path + nonsense))).status()).toBe(200)
})

test('a reseller reads what is done below, a customer nothing of above, and members find no such page', async ({
  page,
  browserOf,
}) => {
  const westbay = await makeReseller()
  const hazel = await westbay.open('Hazel', 'Lite')
  await signIn(page, westbay.admin)
  await openQuiet(page, log(westbay.slug))
  const opened = sentence(page, `${westbay.admin} opened Hazel`)
  await expect(opened.getByRole('cell', { name: 'Hazel', exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'alone' }).click()
  await expect(sentence(page, 'opened Hazel')).toHaveCount(0)
  await expect(page.getByRole('columnheader', { name: 'Organization' })).toHaveCount(0)
  await openQuiet(page, log(hazel.slug))
  await expect(opened).toBeVisible()
  for (const email of ['user@demo.example', 'viewer@demo.example']) {
    const other = await browserOf(email, 'tokenry-demo')
    await expectNoPage(other, log('alder'))
    expect((await other.request.get(log('alder', '/csv'))).status()).toBe(404)
  }
  const owner = await browserOf('owner@demo.example', 'tokenry-demo')
  await openQuiet(owner, log('alder', '?show=organizations'))
  await expect(owner.getByRole('row')).toHaveCount(2)
  await expectNoPage(owner, log('northwind'))
  await expectNoPage(owner, log(hazel.slug))
  await westbay.close()
})

test('the log, its details and its empty states are seen in every look', async ({ browser, elm }) => {
  test.setTimeout(120_000)
  const tokenId = await makeToken(elm, 'A token with quite a long name, as people write them for the service it is for')
  await revokeToken(elm.asAdmin(), { tokenId, reason: 'Its service moved to the new importer and needs it no longer' })
  for (const as of LOOKS) {
    const context = await browser.newContext(browserFor(as))
    const page = await context.newPage()
    await signIn(page, elm.admin)
    await openQuiet(page, log(elm.slug))
    await look(page, 'audit', as, true)
    await sentence(page, 'revoked')
      .getByRole('button', { name: /^Details/ })
      .click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(page, 'audit-details', as)
    await openQuiet(page, log(elm.slug, `?q=billing&actor=${elm.admin}&show=token.revealed&from=2026-07-01`))
    await look(page, 'audit-nothing-matches', as)
    await signIn(page, 'admin@demo.example', 'tokenry-demo')
    await openQuiet(page, log('platform'))
    await look(page, 'audit-platform', as, true)
    await context.close()
  }
})
