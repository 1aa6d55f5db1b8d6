import { readFile } from 'node:fs/promises'
import { parseCsv } from '#lib/testing/parse-csv'
import { enter, openTokens, row } from './support/desk'
import { expect, test } from './support/test'
import { daysAgo, makeRevealedToken, makeRevokedToken } from './support/tokens'

test('Download CSV saves what search and filter show, in the order shown, and no secret', async ({ page, elm }) => {
  const { id, secret } = await makeRevealedToken(elm, '=Metering, "new"', { at: daysAgo(3) })
  await makeRevokedToken(elm, 'Metering Süd 😀')
  await enter(page, elm)
  await openTokens(page, elm.slug, '?q=metering&sort=name')
  await expect(row(page, 'Default')).toHaveCount(0)
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const file = await saving
  expect(file.suggestedFilename()).toMatch(new RegExp(`^${elm.slug}-tokens-\\d{4}-\\d\\d-\\d\\d\\.csv$`))
  const text = await readFile(await file.path(), 'utf8')
  const [head, ...rows] = parseCsv(text)
  expect(head).toEqual(['Token', 'Name', 'Kind', 'Status', 'Created', 'Last used', 'Expires', 'Scopes', 'API user'])
  expect(rows.map(([, name, kind, status]) => [name, kind, status])).toEqual([
    [`'=Metering, "new"`, 'organization', 'active'],
    ['Metering Süd 😀', 'organization', 'revoked'],
  ])
  expect(rows[0]?.[0]).toBe(`tok_org_${id}_••••••${secret.slice(-4)}`)
  expect(rows[0]?.[4]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(text).not.toContain(secret)
})

test('the CSV does not exist for strangers, is refused to nobody, and no cache keeps it', async ({
  elm,
  browserOf,
  request,
}) => {
  const path = `/o/${elm.slug}/tokens/csv`
  const cedar = await browserOf('cedar@demo.example', 'tokenry-demo')
  expect((await cedar.request.get(path)).status()).toBe(404)
  expect((await request.get(path)).status()).toBe(401)
  const viewer = await browserOf(elm.viewer)
  const answer = await viewer.request.get(path)
  expect(answer.status()).toBe(200)
  expect(answer.headers()).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'cache-control': 'private, no-store',
  })
})
