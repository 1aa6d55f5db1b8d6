import { loadRelease } from '#db/testing/load-release'
import { makeDatabase } from './support/own-database'
import { startServer } from './support/start-server'
import { expect, test } from './support/test'

test('the server starts on what the first release left, and people find their tokens there', async ({ page }) => {
  test.setTimeout(120_000)
  await using resources = new AsyncDisposableStack()
  const { url: databaseUrl } = await makeDatabase(resources, 'upgrade')
  await loadRelease(databaseUrl, '0.1.0')
  const server = await startServer({ name: 'upgrade-server', database: { url: databaseUrl }, demo: false })
  resources.defer(() => server.stop())
  // A page that is left open would complain of a server that is gone.
  resources.defer(() => page.close())

  await page.goto(`${server.url}/sign-in`)
  await page.getByRole('textbox', { name: 'Email' }).fill('owner@demo.example')
  await page.getByLabel('Password', { exact: true }).fill('tokenry-demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(`${server.url}/o/alder/tokens`)
  for (const token of ['Default', 'Known', 'Metering gateway', 'Nightly backup', 'Grafana import'])
    await expect(page.getByRole('table').getByText(token, { exact: true })).toBeVisible()
})
