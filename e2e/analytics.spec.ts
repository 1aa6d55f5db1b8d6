import { readFile } from 'node:fs/promises'
import { sqlOf } from '#db/client'
import { addUses } from '#db/queries/usage-add'
import { parseCsv } from '#lib/testing/parse-csv'
import { signIn } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { DEMO_PASSWORD, type TestOrganization } from './support/organization'
import { expectNoPage, openQuiet } from './support/people'
import { expect, test } from './support/test'
import { makeRevealedToken } from './support/tokens'

const at = (slug: string, query = '') => `/o/${slug}/analytics${query}`
const HOUR = 3_600_000

/** Every third hour of 20 days a token is used from one address for one endpoint. */
async function useToken(elm: TestOrganization, tokenId: string): Promise<void> {
  const now = Math.floor(Date.now() / HOUR)
  const uses = Array.from({ length: 160 }, (_, n) => ({
    ...{ tokenId, organizationId: elm.organization.id, hour: now - 3 * n },
  }))
  const told = (value: string) => uses.map((use) => ({ ...use, value, active: 7, refused: 1, userAgent: null }))
  await elm.db.transaction((tx) =>
    addUses(sqlOf(tx), {
      hours: uses.flatMap((use) => [
        { ...use, outcome: 'active' as const, count: 7 },
        { ...use, outcome: 'expired' as const, count: 1 },
      ]),
      endpoints: told('/v2/secret-endpoint'),
      resources: told('device:secret-meter'),
      addresses: told('203.0.113.99'),
      userAgents: told('secret-agent/1.0'),
    }),
  )
}

test('the period stands in the URL, Back leads to the one before, and the file holds what is shown', async ({
  page,
  elm,
}) => {
  const { id } = await makeRevealedToken(elm, '=Metering')
  await useToken(elm, id)
  await signIn(page, elm.viewer)
  await openQuiet(page, `/o/${elm.slug}/tokens`)
  await page.getByRole('link', { name: 'Analytics' }).click()
  await expect(page.getByRole('heading', { name: 'Analytics', level: 1 })).toBeVisible()
  await expect(page.getByText('1,280 requests in the last 30 days, 87.5 % good')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Requests by day' })).toContainText('Times in Europe/Berlin.')
  await expect(page.getByRole('region', { name: 'By endpoint' })).toContainText('/v2/secret-endpoint')
  const period = page.getByRole('navigation', { name: 'Period' })
  await period.getByRole('link', { name: '24 hours' }).click()
  await expect(page).toHaveURL(/period=24h/)
  await expect(page.getByText('64 requests in the last 24 hours')).toBeVisible()
  await expect(page.getByRole('region', { name: 'When, by hour' })).toBeHidden()
  await page.getByText('Custom').click()
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date())
  await page.getByLabel('First day').fill(today)
  await page.getByLabel('Last day').fill(today)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`first=${today}&last=${today}`))
  await expect(page.getByText(/requests? on \d/)).toBeVisible()
  await page.goBack()
  await expect(page.getByText('64 requests in the last 24 hours')).toBeVisible()
  await page.goBack()
  await expect(period.getByRole('link', { name: '30 days' })).toHaveAttribute('aria-current', 'true')

  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const rows = parseCsv(await readFile(await (await saving).path(), 'utf8'))
  expect(rows.filter(([view]) => view === 'By token')).toEqual([['By token', '', "'=Metering", '1280', '1120', '160']])
  await page.getByRole('region', { name: 'By token' }).getByRole('link', { name: '=Metering' }).click()
  await expect(page).toHaveURL(`/o/${elm.slug}/tokens/${id}`)
})

test.describe('with a basic tier', () => {
  test.use({ tier: 'Lite' })

  test('what is extended is locked, says whom to ask, and no answer holds anything of it', async ({ page, elm }) => {
    await useToken(elm, 'x'.repeat(16))
    const answers: Promise<string>[] = []
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.startsWith('/o/')) answers.push(response.text().catch(() => ''))
    })
    await signIn(page, elm.viewer)
    await openQuiet(page, at(elm.slug))
    await expect(page.getByRole('heading', { name: 'Not in Lite' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'By endpoint' })).toBeVisible()
    await page.getByRole('link', { name: '90 days' }).click()
    await expect(page.getByText('1,280 requests in the last 90 days')).toBeVisible()
    for (const path of [at(elm.slug), at(elm.slug, '/csv'), at(elm.slug, '?groupBy=ip')])
      answers.push((await page.request.get(path)).text())
    const told = (await Promise.all(answers)).join('\n')
    // Short when it fails: the whole would be told otherwise.
    expect(told.includes('Requests by day')).toBe(true)
    expect(/secret-endpoint|secret-meter|203\.0\.113\.99|secret-agent/.exec(told)?.[0]).toBeUndefined()
  })
})

test('a reseller sees what came of each customer and changes a tier from there; a stranger finds no page', async ({
  page,
  elm,
  browserOf,
}) => {
  await useToken(elm, 'x'.repeat(16))
  await signIn(page, 'reseller@demo.example', DEMO_PASSWORD)
  await openQuiet(page, at('northwind', '?period=90d'))
  const customers = page.getByRole('table', { name: 'Usage of customers' })
  await expect(customers.getByRole('row').filter({ hasText: 'Alder' })).toBeVisible()
  await customers.getByRole('link', { name: 'Customer' }).click()
  await expect(page).toHaveURL(/sort=name/)
  await expect(customers.getByRole('row').nth(1)).toContainText('Alder')
  await customers.getByRole('link', { name: 'Alder' }).click()
  await expect(page).toHaveURL(/\/o\/alder\/analytics\?period=90d$/)
  await openQuiet(page, at('birch'))
  await page.getByRole('link', { name: 'Change tier' }).click()
  await expect(page.getByRole('dialog')).toContainText('Birch')
  const stranger = await browserOf('cedar@demo.example', DEMO_PASSWORD)
  await expectNoPage(stranger, at('alder'))
  expect((await stranger.request.get(at('alder', '/csv'))).status()).toBe(404)
})

test('all numbers can be read without scripts, in the time of UTC', async ({ page, elm, browser }) => {
  await useToken(elm, (await makeRevealedToken(elm, 'Metering')).id)
  await signIn(page, elm.viewer)
  const { cookies } = await page.context().storageState()
  const context = await browser.newContext({ javaScriptEnabled: false })
  await context.addCookies(cookies)
  const plain = await context.newPage()
  await plain.goto(at(elm.slug, '?period=7d'))
  await expect(plain.getByText(/\d+ requests in the last 7 days, 87.5 % good/)).toBeVisible()
  const requests = plain.getByRole('region', { name: 'Requests by hour' })
  await expect(requests).toContainText('Times in UTC.')
  await requests.getByText('Show as table').click()
  await expect(requests.getByRole('columnheader', { name: 'Hour' })).toBeVisible()
  const week = plain.getByRole('region', { name: 'When, by hour' })
  await expect(
    week.getByRole('img', { name: /^Requests by weekday and hour: \d+, most on [A-Z][a-z]+day, \d\d:00/ }),
  ).toBeVisible()
  await week.getByText('Show as table').click()
  const cells = await week.getByRole('cell').allTextContents()
  expect(cells).toHaveLength(168)
  const sum = cells.reduce((total, cell) => total + Number(cell), 0)
  await expect(plain.getByText(`${sum} requests in the last 7 days`)).toBeVisible()
  await expect(plain.getByRole('region', { name: 'By address' })).toContainText('203.0.113.99')
  await context.close()
})

test('Analytics looks right in every look, with a tier and without', async ({ elm, browser, page }) => {
  await useToken(elm, (await makeRevealedToken(elm, 'Metering')).id)
  await signIn(page, 'admin@demo.example', DEMO_PASSWORD)
  const { cookies } = await page.context().storageState()
  for (const as of LOOKS) {
    const context = await browser.newContext(browserFor(as))
    await context.addCookies(cookies)
    const seen = await context.newPage()
    for (const [name, path] of [
      ['analytics', at(elm.slug)],
      ['analytics-alder', at('alder', '?period=7d')],
      ['analytics-lite', at('birch')],
      ['analytics-above', at('northwind', '?first=2026-11-03&last=2026-11-01')],
    ] as const) {
      await openQuiet(seen, path)
      await look(seen, name, as, true)
    }
    await context.close()
  }
})
