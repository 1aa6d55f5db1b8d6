import type { Locator, Page } from '@playwright/test'
import { updateToken } from '#db/queries/tokens'
import { closeResult, dialog, enter, openTokens, row } from './support/desk'
import type { TestOrganization } from './support/organization'
import { expect, test } from './support/test'
import { daysAgo, makeExpiredToken, makeRevealedToken, makeRevokedToken, makeToken } from './support/tokens'

/** Sixty revoked tokens, "Token 01" the oldest, and `Default`, the newest: three pages. */
const makeSixty = (elm: TestOrganization) =>
  elm.db.transaction(async (tx) => {
    const within = { ...elm, asAdmin: (at?: Date) => ({ ...elm.asAdmin(at), db: tx }) }
    for (let number = 1; number <= 60; number++)
      await makeRevokedToken(within, `Token ${String(number).padStart(2, '0')}`, {
        at: daysAgo(70 - number),
        days: 365,
      })
  })

const names = (page: Page) =>
  page
    .getByRole('row')
    .getByRole('link', { name: /^(Token \d\d|Default)$/ })
    .allInnerTexts()

const pages = (page: Page) => page.getByRole('navigation', { name: 'Pages' }).last()
const go = (page: Page, to: 'First' | 'Previous' | 'Next' | 'Last') =>
  pages(page).getByRole('link', { name: to }).click()

test('sixty-one tokens are three pages of twenty-five, and Back goes where one came from', async ({ page, elm }) => {
  await makeSixty(elm)
  await enter(page, elm)
  await expect(page.getByText('1 to 25 of 61 tokens')).toBeVisible()
  expect((await names(page)).slice(0, 3)).toEqual(['Default', 'Token 60', 'Token 59'])
  await expect(page.getByRole('row')).toHaveCount(26)

  await go(page, 'Next')
  await expect(page.getByText('26 to 50 of 61 tokens')).toBeVisible()
  expect((await names(page)).at(0)).toBe('Token 36')
  await go(page, 'Next')
  await expect(page.getByText('51 to 61 of 61 tokens')).toBeVisible()
  expect((await names(page)).at(-1)).toBe('Token 01')
  await expect(pages(page).getByRole('link', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true')
  await go(page, 'Previous')
  await expect(page.getByText('26 to 50 of 61 tokens')).toBeVisible()
  await go(page, 'First')
  await expect(page.getByText('1 to 25 of 61 tokens')).toBeVisible()
  await go(page, 'Last')
  await expect(page.getByText('61 of 61 tokens')).toBeVisible()
  expect((await names(page)).at(-1)).toBe('Token 01')

  await page.goBack()
  await expect(page.getByText('1 to 25 of 61 tokens')).toBeVisible()
  await page.goBack()
  await expect(page.getByText('26 to 50 of 61 tokens')).toBeVisible()
  expect((await names(page)).at(0)).toBe('Token 36')
  await page.reload()
  await expect(page.getByText('26 to 50 of 61 tokens')).toBeVisible()
})

test('search and status filter stand in the URL and a link to them shows the same', async ({ page, elm }) => {
  const metering = await makeToken(elm, 'Metering gateway')
  await makeRevokedToken(elm, 'Meter reading')
  await makeExpiredToken(elm, 'Old meter')
  await enter(page, elm)
  const status = page.getByRole('navigation', { name: 'Status' })
  await expect(status.getByRole('link')).toHaveText(['All4', 'Active2', 'Revoked1', 'Expired1'])

  await page.getByRole('searchbox', { name: 'Search name or token id' }).fill('METER')
  await expect(page).toHaveURL(/[?&]q=METER/)
  await expect(row(page, 'Default')).toHaveCount(0)
  await expect(status.getByRole('link')).toHaveText(['All3', 'Active1', 'Revoked1', 'Expired1'])
  await status.getByRole('link', { name: 'Revoked' }).click()
  await expect(page).toHaveURL(/status=revoked/)
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(row(page, 'Meter reading')).toBeVisible()
  const link = new URL(page.url())

  await page.goBack()
  await expect(page.getByRole('row')).toHaveCount(4)
  await openTokens(page, elm.slug, link.search)
  await expect(page.getByRole('searchbox')).toHaveValue('METER')
  await expect(page.getByRole('row')).toHaveCount(2)

  await openTokens(page, elm.slug, `?q=${metering.slice(4, 12)}`)
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(row(page, 'Metering gateway')).toBeVisible()
})

test('a search asks the server once, so that a filter chosen right after it is not undone', async ({ page, elm }) => {
  await enter(page, elm)
  const asked: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.searchParams.has('_rsc') && url.searchParams.has('q')) asked.push(url.searchParams.get('q') ?? '')
  })
  const searches = ['Def', 'Defa', 'Defau', 'Defaul']
  for (const text of searches) {
    await page.getByRole('searchbox').fill(text)
    await expect(page).toHaveURL(new RegExp(`q=${text}$`))
    // Whatever is asked twice has been asked again by the next question whether the list has changed.
    await page.waitForResponse((response) => response.url().endsWith('/tokens/changes'))
  }
  expect(asked).toEqual(searches)
})

/** Types into the search box and presses a link within the quarter of a second for which the search waits. */
async function typeAndFollow(page: Page, text: string, link: Locator): Promise<void> {
  const box = await page.getByRole('searchbox').elementHandle()
  await link.evaluate(
    async (element, { input, typed }) => {
      if (!(element instanceof HTMLElement && input instanceof HTMLInputElement)) throw new Error('no box, or no link')
      const soon = () => new Promise((resolve) => setTimeout(resolve))
      input.focus()
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed)
      input.dispatchEvent(new Event('input', { bubbles: true }))
      await soon()
      element.focus()
      element.click()
    },
    { input: box, typed: text },
  )
}

test('a link clicked while a search still waits wins over it, on the list and away from it', async ({ page, elm }) => {
  await makeRevokedToken(elm, 'Meter reading')
  await enter(page, elm)
  const box = page.getByRole('searchbox')
  const revoked = page.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: 'Revoked' })
  await typeAndFollow(page, 'Def', revoked)
  await expect(row(page, 'Meter reading')).toBeVisible()
  await expect(box).toHaveValue('')
  // Longer than any search waits.
  await page.waitForResponse((response) => response.url().endsWith('/tokens/changes'))
  await expect(page).toHaveURL(/\/tokens\?status=revoked$/)

  await typeAndFollow(page, 'Def', page.getByRole('link', { name: 'Members' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible()
  await expect(page).toHaveURL(/\/members$/)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  await expect(page).toHaveURL(/\/tokens\?status=revoked/)
  await expect(page.getByRole('searchbox')).toBeVisible()
})

test('each column sorts both ways, Never last, and the order stands in the URL', async ({ page, elm }) => {
  const { id } = await makeRevealedToken(elm, 'Alpha', { at: daysAgo(3), days: 365 })
  await elm.db.transaction((tx) => updateToken(tx, id, { lastUsedAt: daysAgo(1), updatedAt: new Date() }))
  await makeToken(elm, 'Zulu', { at: daysAgo(9), days: 30 })
  await enter(page, elm)
  const order = page.getByRole('row').getByRole('link', { name: /^(Alpha|Default|Zulu)$/ })
  const sorted = async (heading: string, direction: 'ascending' | 'descending', names: string[]) => {
    await expect(page.getByRole('columnheader', { name: heading })).toHaveAttribute('aria-sort', direction)
    await expect(order).toHaveText(names)
  }
  const sortBy = async (heading: string, ...[direction, names]: [Parameters<typeof sorted>[1], string[]]) => {
    await page.getByRole('columnheader', { name: heading }).getByRole('link').click()
    await sorted(heading, direction, names)
  }

  await sorted('Created', 'descending', ['Default', 'Alpha', 'Zulu'])
  await sortBy('Name', 'ascending', ['Alpha', 'Default', 'Zulu'])
  await expect(page).toHaveURL(/sort=name/)
  await sortBy('Name', 'descending', ['Zulu', 'Default', 'Alpha'])
  await sortBy('Expires', 'ascending', ['Zulu', 'Default', 'Alpha'])
  await sortBy('Expires', 'descending', ['Alpha', 'Default', 'Zulu'])
  await sortBy('Created', 'descending', ['Default', 'Alpha', 'Zulu'])
  await sortBy('Created', 'ascending', ['Zulu', 'Alpha', 'Default'])

  // Whoever was never used comes last, whichever way.
  for (const direction of ['descending', 'ascending'] as const) {
    await page.getByRole('columnheader', { name: 'Last used' }).getByRole('link').click()
    await expect(page.getByRole('columnheader', { name: 'Last used' })).toHaveAttribute('aria-sort', direction)
    await expect(order.first()).toHaveText('Alpha')
  }
  await page.goBack()
  await page.goBack()
  await sorted('Created', 'ascending', ['Zulu', 'Alpha', 'Default'])
})

test('nothing matching is told apart from nothing there, with the way out of each', async ({ page, elm }) => {
  await enter(page, elm)
  await page.getByRole('searchbox').fill('billing')
  await expect(page.getByText("No token matches 'billing'.")).toBeVisible()
  await page.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: 'Revoked' }).click()
  await expect(page.getByText("No revoked token matches 'billing'.")).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(row(page, 'Default')).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue('')

  await page.getByRole('button', { name: 'Actions for Default' }).click()
  await page.getByRole('menuitem', { name: 'Revoke' }).click()
  const asking = dialog(page, 'Revoke Default?')
  await asking.getByRole('checkbox', { name: 'and delete' }).click()
  await asking.getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByRole('heading', { name: 'No tokens yet' })).toBeVisible()
  await expect(page.getByText(`Nothing can read or send data as ${elm.name}.`)).toBeVisible()
  await closeResult(page)
  await page.getByRole('button', { name: 'New token' }).click()
  await expect(dialog(page, 'New token')).toBeVisible()
})

test('a secret pasted into the search box goes nowhere', async ({ page, elm }) => {
  await enter(page, elm)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url() + (request.postData() ?? '')))
  const box = page.getByRole('searchbox')
  await box.fill(`tok_org_${'a'.repeat(16)}_${'b'.repeat(49)}`)
  await expect(page.getByText('That looks like a secret. Search by its id instead.')).toBeVisible()
  await box.fill('Default')
  await expect(page).toHaveURL(/q=Default/)
  expect(asked.join()).not.toContain('bbbb')
})
