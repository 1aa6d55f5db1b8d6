import { alive, dialog, generate, show } from './support/desk'
import { makeDatabase } from './support/own-database'
import { startServer } from './support/start-server'
import { expect, test } from './support/test'

test('the log tells each request and action under one id, and nothing that opens anything', async ({ page }) => {
  test.setTimeout(120_000)
  await using resources = new AsyncDisposableStack()
  const { url: databaseUrl } = await makeDatabase(resources, 'log')
  const env = { LOG_LEVEL: 'debug' }
  const server = await startServer({ name: 'log-server', database: { url: databaseUrl }, demo: true, env })
  resources.defer(() => server.stop())
  // An open page would go on asking.
  resources.defer(async () => void (await page.goto('about:blank')))

  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('Email').fill('owner@demo.example')
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('a mistyped password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Email or password is wrong.')).toBeVisible()
  await password.fill('tokenry-demo')
  const coming = alive(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await coming
  await expect(page.getByRole('heading', { level: 1, name: 'Tokens' })).toBeVisible()
  const generated = await generate(page, 'Logged')
  const secret = await show(generated)
  const [, key] = /"([\w-]{22}) /.exec(await page.evaluate(() => JSON.stringify(sessionStorage))) ?? []
  await generated.getByRole('button', { name: 'Copy' }).click()
  await generated.getByRole('button', { name: 'Done' }).click()
  await expect(dialog(page, 'Token generated')).toHaveCount(0)
  const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } })
  expect(me.status).toBe(200)

  const lines = () => [...server.output().matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line))
  const actions = () => lines().filter(({ msg }) => msg === 'action')
  await expect
    .poll(() => actions().map(({ action, outcome }) => `${action} ${outcome}`))
    .toEqual(['signIn unauthenticated', 'signIn ok', 'createToken ok', 'revealToken ok', 'finishReveal ok'])
  const told = (about: Record<string, unknown>) => expect.poll(lines).toContainEqual(expect.objectContaining(about))
  for (const { requestId } of actions()) await told({ msg: 'request', method: 'POST', requestId })
  expect(actions().at(-1)?.userId).toMatch(/^[0-9a-f-]{36}$/)
  await told({ route: 'me', status: 200, client: '127.0.0.1' })

  const cookies = (await page.context().cookies()).map(({ value }) => value)
  expect(cookies.length).toBeGreaterThan(0)
  const log = JSON.stringify(lines())
  for (const hidden of [secret.slice(-49), key ?? 'no key', 'tokenry-demo', 'a mistyped password', ...cookies])
    expect(log).not.toContain(hidden)
  expect(key).toBeDefined()
})
