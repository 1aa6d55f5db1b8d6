import { recordAction } from './support/action-request'
import { dialog, enter, openTokens, signIn } from './support/desk'
import { freePort } from './support/free-port'
import { makeDatabase } from './support/own-database'
import { rawRequest } from './support/raw-request'
import { ofThisRun } from './support/run'
import { startServer } from './support/start-server'
import { expect, test } from './support/test'
import { watch } from './support/watch-browser'

const nonceOf = (policy = '') => /script-src [^;]*'nonce-([A-Za-z0-9+/]{22}==)'/.exec(policy)?.[1]

const base = () => ofThisRun('E2E_BASE_URL')

test('every page lets only scripts with its own fresh nonce run, and nothing frame it', async () => {
  const nonces = new Set<string | undefined>()
  for (const path of ['/sign-in', '/sign-in', '/nothing/here', '/api/auth/signout']) {
    const { headers, text } = await rawRequest(base() + path)
    const policy = String(headers['content-security-policy'])
    nonces.add(nonceOf(policy))
    expect(policy.replace(/style-src[^;]*;/, '')).not.toContain('unsafe')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    for (const [script] of text.matchAll(/<script[^>]*>/g)) expect(script).toContain(`nonce="${nonceOf(policy)}"`)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers).not.toHaveProperty('x-powered-by')
  }
  expect(nonces.has(undefined)).toBe(false)
  expect(nonces.size).toBe(4)
})

test('a request cannot bring its own policy, nonce or path', async () => {
  const smuggled = 'c211Z2dsZWQgaW4gaGVyZQ=='
  const { headers, text } = await rawRequest(`${base()}/sign-in`, {
    'content-security-policy': `script-src 'nonce-${smuggled}' 'unsafe-inline'`,
    'content-security-policy-report-only': `script-src 'nonce-${smuggled}'`,
    'x-nonce': smuggled,
    'x-request-id': 'smuggled',
    'x-forwarded-proto': 'https',
  })
  expect(text + JSON.stringify(headers)).not.toContain(smuggled)
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers).not.toHaveProperty('strict-transport-security')
})

test('a script that got into a page without the nonce does not run', async ({ playwright, launchOptions, elm }) => {
  // A browser of its own: it complains, as it should.
  const browser = await playwright.chromium.launch(launchOptions)
  watch(browser)
  const page = await browser.newPage({ baseURL: base() })
  await signIn(page, elm.admin)
  await openTokens(page, elm.slug)
  const refused = await page.evaluate(async () => {
    const directives: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
    const ran = () => document.documentElement.dataset['ran'] === 'yes'
    document.body.insertAdjacentHTML(
      'beforeend',
      `<img src="data:," onerror="document.documentElement.dataset.ran='yes'">`,
    )
    const inline = document.createElement('script')
    inline.textContent = "document.documentElement.dataset.ran = 'yes'"
    document.body.append(inline)
    const base = document.createElement('base')
    base.href = 'https://elsewhere.example/'
    document.head.append(base)
    await fetch('https://elsewhere.example/').catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { ran: ran(), directives: directives.toSorted(), base: document.baseURI }
  })
  expect(refused.ran).toBe(false)
  expect(refused.directives).toEqual(['base-uri', 'connect-src', 'script-src-attr', 'script-src-elem'])
  expect(refused.base).toContain(base())
  await page.context().close()
  await browser.close()
})

test('what somebody sees who is signed in is kept by no cache, whatever form it comes in', async ({ page, elm }) => {
  await enter(page, elm)
  const tokens = `/o/${elm.slug}/tokens`
  const get = (path: string, headers: Record<string, string> = {}) =>
    page.request.get(path, { headers, maxRedirects: 0 })
  const revoke = await recordAction(page, async () => {
    await page.getByRole('button', { name: 'New token' }).click()
    await dialog(page, 'New token').getByLabel('Name').fill('Metering')
    await dialog(page, 'New token').getByRole('button', { name: 'Generate' }).click()
  })
  const { url, headers, body } = revoke
  const answers = {
    page: await get(tokens),
    payload: await get(`${tokens}?_rsc=1`, { rsc: '1' }),
    redirect: await get('/'),
    'not found': await get('/o/nobody/tokens'),
    changes: await get(`${tokens}/changes`),
    session: await get('/api/auth/session'),
    action: await page.request.post(url, { headers, data: Buffer.from(body) }),
    'action of another build': await page.request.post(url, {
      headers: { ...headers, 'next-action': '0'.repeat(42) },
      data: Buffer.from(body),
    }),
  }
  for (const [name, answer] of Object.entries(answers)) {
    expect(answer.headers()['cache-control'], name).toBe('private, no-store')
    expect(answer.headers()['content-security-policy'], name).toContain("default-src 'none'")
  }
  expect(answers.redirect.status()).toBe(307)
  expect(answers['not found'].status()).toBe(404)
  expect(await answers.action.text()).toContain('"ok":true')
})

test('files of the build are kept for good', async () => {
  const { text } = await rawRequest(`${base()}/sign-in`)
  const [file = ''] = /\/_next\/static\/chunks\/[\w-]+\.js/.exec(text) ?? []
  const { headers } = await rawRequest(base() + file)
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('a forged Host stands in no answer', async () => {
  for (const path of ['/', '/o/alder/tokens', '/sign-in', '/setup', '/nothing/here', ...OF_NEXT_AUTH]) {
    const { headers, text } = await rawRequest(base() + path, { host: 'evil.test', 'x-forwarded-host': 'evil.test' })
    expect(JSON.stringify(headers) + text, path).not.toContain('evil.test')
  }
})

const OF_NEXT_AUTH = [
  ...['session', 'csrf', 'providers', 'signin', 'signout', 'error', 'callback/credentials'],
  'callback/oidc?code=x&state=y',
].map((name) => `/api/auth/${name}`)

test('behind TLS browsers are told to stay there, and every link is built from APP_URL', async () => {
  await using resources = new AsyncDisposableStack()
  const { url } = await serverWith(resources, { APP_URL: 'https://tokens.example', TRUSTED_PROXIES: '127.0.0.1' })
  for (const path of ['/', '/sign-in', '/nothing/here', ...OF_NEXT_AUTH]) {
    const { headers, text } = await rawRequest(url + path, { host: 'evil.test' })
    expect(JSON.stringify(headers) + text, path).not.toContain('evil.test')
    expect(headers['strict-transport-security'], path).toBe('max-age=31536000')
    expect(headers['cross-origin-opener-policy'], path).toBe('same-origin')
    const to = new URL(headers.location ?? '', 'https://tokens.example')
    expect(to.origin, path).toBe('https://tokens.example')
  }
  const plain = await rawRequest(`${url}/sign-in`, { 'x-forwarded-proto': 'http' })
  expect(plain.headers).not.toHaveProperty('strict-transport-security')
})

test('pages that say what failed work under the policy too', async ({ playwright, launchOptions }) => {
  await using resources = new AsyncDisposableStack()
  const { url, loseDatabase } = await serverWith(resources, {})
  // A browser of its own: it complains of the failure, as it should, but of no policy.
  const browser = await playwright.chromium.launch(launchOptions)
  resources.defer(() => browser.close())
  watch(browser)
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))

  await page.goto(`${url}/nothing/here`)
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  await expect(page.locator('html')).toHaveClass(/light|dark/)
  await loseDatabase()
  await page.goto(`${url}/setup`)
  await expect(page.getByRole('heading', { name: 'Something failed on our side' })).toBeVisible()
  await expect(page.locator('html')).toHaveClass(/light|dark/)
  const again = page.waitForRequest((request) => request.url().startsWith(`${url}/setup`))
  await page.getByRole('button', { name: 'Try again' }).click()
  await again
  expect(complaints.filter((text) => /policy/i.test(text))).toEqual([])
  await page.context().close()
})

async function serverWith(resources: AsyncDisposableStack, env: Record<string, string>) {
  const database = await makeDatabase(resources, 'headers')
  const port = String(await freePort())
  const server = await startServer({
    name: 'headers-server',
    database,
    demo: false,
    env: { ...env, PORT: port },
  })
  resources.defer(() => server.stop())
  return { url: `http://127.0.0.1:${port}`, loseDatabase: database.drop }
}
