import type { Page } from '@playwright/test'
import { verify } from './support/api'
import { dialog, fact, generate, show } from './support/desk'
import { browserFor, LOOKS, look } from './support/look'
import { makeDatabase } from './support/own-database'
import { startServer } from './support/start-server'
import { expect, test } from './support/test'

const SERVICE_SECRET = /^tok_svc_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Platform name' }).fill('Hazel Telecom')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Hanna Hazel')
  await page.getByRole('textbox', { name: 'Email' }).fill('hanna@hazel.example')
  await page.getByLabel('Password', { exact: true }).fill('a long enough password')
}

test('the first run is set up once, by the printed link, and ends at a verifier token that works', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  await using resources = new AsyncDisposableStack()
  const { url: databaseUrl } = await makeDatabase(resources, 'setup')
  const server = await startServer({ name: 'set-up-server', database: { url: databaseUrl }, demo: false })
  resources.defer(() => server.stop())
  const [link] = /http:\/\/\S+\/setup#[\w-]{22}/.exec(server.output()) ?? []
  if (link === undefined) throw new Error(`no link in:\n${server.output()}`)

  await test.step('everything leads to the set-up, which needs the link', async () => {
    await page.goto(server.url)
    await expect(page).toHaveURL(`${server.url}/setup`)
    await expect(page.getByText('Open the link that the server printed when it first started')).toBeVisible()
    await expect(page.getByRole('textbox')).toHaveCount(0)
    for (const as of LOOKS) {
      const { colorScheme, viewport } = browserFor(as)
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await look(page, 'set-up-without-link', as)
    }
  })

  const late = await (await browser.newContext()).newPage()
  await test.step('the page takes the link out of the address bar, and keeps it over a reload', async () => {
    for (const each of [page, late]) {
      await each.goto('about:blank')
      await each.goto(link)
      await expect(each).toHaveURL(`${server.url}/setup`)
    }
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Platform name' })).toBeVisible()
  })

  await test.step('what is wrong is said beside its field', async () => {
    await fillIn(page)
    const password = page.getByLabel('Password', { exact: true })
    await password.fill('sh0rt pass')
    await page.getByRole('button', { name: 'Set up Tokenry' }).click()
    await expect(password).toBeFocused()
    await expect(password).toHaveAccessibleDescription('Use at least 12 characters.')
    await expect(page.getByRole('textbox', { name: 'Platform name' })).toHaveValue('Hazel Telecom')
  })

  const verifier = await test.step('the form ends at the verifier token of Gateway', async () => {
    await fillIn(page)
    await page.getByRole('button', { name: 'Set up Tokenry' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Gateway')
    await expect(fact(page, 'Scopes')).toHaveText('tokens:verify')
    await page.getByRole('main').getByRole('button', { name: 'Reveal' }).click()
    const reveal = dialog(page, 'Reveal Gateway')
    await reveal.getByRole('button', { name: 'Show' }).click()
    const field = reveal.getByRole('textbox', { name: 'Token', exact: true })
    await expect(field).toHaveValue(SERVICE_SECRET)
    await reveal.getByRole('button', { name: 'Copy' }).click()
    await reveal.getByRole('button', { name: 'Done' }).click()
    await expect(reveal).toHaveCount(0)
    return page.evaluate(() => navigator.clipboard.readText())
  })

  await test.step('that token verifies another', async () => {
    await page.getByRole('link', { name: 'Tokens' }).first().click()
    const secret = await show(await generate(page, 'First service'))
    expect(await verify(verifier, secret, server.url)).toMatchObject({ active: true, name: 'First service' })
  })

  await test.step('the link does not work twice', async () => {
    await fillIn(late)
    await late.getByRole('button', { name: 'Set up Tokenry' }).click()
    await expect(late.getByRole('main').getByRole('alert')).toContainText('Tokenry is set up already.')
    await expect(late).toHaveURL(`${server.url}/setup`)
    await late.goto('about:blank')
    await late.goto(link)
    await expect(late.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expect(late.getByText('Hazel Telecom')).toBeVisible()
  })

  // Before the server, or the open page would complain that it is gone.
  await page.close()
  await late.context().close()
})
