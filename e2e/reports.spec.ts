import { readFile } from 'node:fs/promises'
import { beginReport, insertReport, tellProgress } from '#db/queries/reports'
import { enter, toast } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { DEMO_PASSWORD, type TestOrganization } from './support/organization'
import { expectNoPage, openQuiet } from './support/people'
import { expect, test } from './support/test'

const DAY_MS = 86_400_000

/** A report of a year that is being made, as far as anybody knows; `tell` says how far it is. */
async function makeRunning(elm: TestOrganization) {
  const { db, actor } = elm.asAdmin()
  const making = { startedAt: new Date() }
  const id = await db.transaction(async (tx) => {
    const period = { since: new Date(Date.now() - 365 * DAY_MS), until: new Date(), timeZone: 'UTC' }
    const asked = {
      organizationId: elm.organization.id,
      requestedBy: actor.userId,
      format: 'csv' as const,
      createdAt: new Date(),
    }
    const id = await insertReport(tx, { ...asked, ...period })
    await beginReport(tx, { ...making, id })
    return id
  })
  return { tell: (progress: number) => tellProgress(db, { ...making, id }, progress) }
}

test('an admin asks for a PDF, saves it when it is made, follows another one and cancels it', async ({ page, elm }) => {
  await enter(page, elm)
  await page.getByRole('link', { name: 'Reports' }).click()
  await expect(page.getByRole('heading', { name: 'Reports', level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No reports yet' })).toBeVisible()
  const create = page.getByRole('button', { name: 'Create report' })

  await page.getByRole('radio', { name: 'Custom' }).click()
  await create.click()
  await expect(page.getByText('Choose a day.')).toBeVisible()
  await expect(page.getByLabel('First day')).toBeFocused()
  await page.getByLabel('First day').fill('2026-01-01')
  await page.getByLabel('Last day').fill('2027-01-02')
  await create.click()
  await expect(page.getByText('A period has at most 366 days.')).toBeVisible()

  await page.getByRole('radio', { name: '90 days' }).click()
  await create.click()
  await expect(toast(page, 'Report asked for')).toBeVisible()
  const reports = page.getByRole('list', { name: 'Past reports' }).getByRole('listitem')
  const saving = page.waitForEvent('download', { timeout: 30_000 })
  await reports
    .first()
    .getByRole('link', { name: /^Download PDF/ })
    .click({ timeout: 30_000 })
  const file = await saving
  expect(file.suggestedFilename()).toMatch(/^test-.*-usage-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.pdf$/)
  const bytes = await readFile(await file.path())
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.subarray(-7).toString()).toContain('%%EOF')

  // What changes elsewhere shows by itself.
  const running = await makeRunning(elm)
  const bar = reports.first().getByRole('progressbar')
  await expect(bar).toHaveAttribute('aria-valuenow', '0')
  await running.tell(40)
  await expect(bar).toHaveAttribute('aria-valuenow', '40')
  await reports
    .first()
    .getByRole('button', { name: /^Cancel CSV/ })
    .click()
  await expect(reports.first()).toContainText('Cancelled')
  expect(await running.tell(50)).toBe(false)
  await expect(page.getByText('1 report to download from the last 30 days.')).toBeVisible()
})

test('whoever is of another organization finds no reports', async ({ elm, browserOf }) => {
  const other = await browserOf('cedar@demo.example', DEMO_PASSWORD)
  await expectNoPage(other, `/o/${elm.slug}/reports`)
})

for (const seen of LOOKS) {
  test.describe(`at ${seen.width}`, () => {
    test.use(browserFor(seen))

    test('Reports are there, in every theme', async ({ page, elm }) => {
      await enter(page, elm)
      await openQuiet(page, `/o/${elm.slug}/reports`)
      await look(page, 'reports-none', seen)
      await (await makeRunning(elm)).tell(62)
      await page.getByRole('radio', { name: 'Custom' }).click()
      await page.getByRole('button', { name: 'Create report' }).click()
      await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '62')
      await look(page, 'reports', seen, true)
    })
  })
}
