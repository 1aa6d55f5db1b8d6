import type { Page, Route } from '@playwright/test'
import { enter, menuButton } from './support/desk'
import { expect, test } from './support/test'
import { makeToken } from './support/tokens'

/** Has `held` decide on all code that pages fetch once they stand, which no page names. */
async function holdLateCode(page: Page, held: (route: Route) => Promise<void>): Promise<void> {
  let named = ''
  await page.route('**/o/**', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback()
    const response = await route.fetch()
    named = await response.text()
    await route.fulfill({ response, body: named })
  })
  await page.route('**/_next/static/**/*.js', (route) =>
    named.includes(new URL(route.request().url()).pathname) ? route.fallback() : held(route),
  )
}

test('a menu whose code comes late takes the focus from nobody who went on', async ({ page, elm }) => {
  await makeToken(elm, 'Metering')
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  let late = 0
  await holdLateCode(page, async (route) => {
    late++
    await released
    await route.continue()
  })
  await enter(page, elm)
  await menuButton(page, 'Metering').click()
  expect(late).toBeGreaterThan(0)
  const search = page.getByRole('searchbox')
  await search.focus()
  const arrived = page.waitForResponse((response) => response.url().endsWith('.js'))
  release()
  await (await arrived).finished()
  await page.waitForLoadState('networkidle')
  await expect(search).toBeFocused()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await menuButton(page, 'Metering').click()
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeVisible()
})

test('where code that comes late is not to be had, a plain line says what to do', async ({ page, elm }) => {
  await makeToken(elm, 'Metering')
  await holdLateCode(page, (route) => route.abort())
  await enter(page, elm)
  await menuButton(page, 'Metering').click()
  const line = page.getByRole('alert').filter({ hasText: 'Reload' })
  await expect(line).toBeVisible()
  await line.getByRole('button', { name: 'Close' }).click()
  await expect(line).toHaveCount(0)
})
