import { type CDPSession, chromium, type Page } from '@playwright/test'
import { startDesk } from '#bench/desk'
import { median, ms, quantile } from '#bench/statistics'
import { findChromium } from '#scripts/find-chromium'

// What a browser fetches and waits for: JavaScript on the way to the page Tokens, compressed, as it came over the wire;
// and the time from the click on Generate to the row being there. `node bench/browser.ts` after a build.

const ROUNDS = Number(process.env['ROUNDS'] ?? 20)

await using resources = new AsyncDisposableStack()
const { url } = await startDesk(resources)
const browser = await chromium.launch({
  executablePath: await findChromium(),
  chromiumSandbox: process.getuid?.() !== 0,
})
resources.defer(() => browser.close())

async function signedIn(): Promise<Page> {
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  await page.request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email: 'admin@demo.example', password: 'tokenry-demo' },
    maxRedirects: 0,
  })
  return page
}

/** Counts the bytes of scripts as they come over the wire, headers included. */
async function countScripts(page: Page): Promise<() => { readonly files: number; readonly bytes: number }> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const scripts = new Set<string>()
  let bytes = 0
  await session.send('Network.enable')
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  return () => ({ files: scripts.size, bytes })
}

const page = await signedIn()
const sent = await countScripts(page)
await page.goto('/o/platform/tokens', { waitUntil: 'load' })
const onLoad = sent()
await page.waitForTimeout(3_000)
const settled = sent()
const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`
console.log(`JavaScript of the page Tokens, compressed: ${kB(onLoad.bytes)} in ${onLoad.files} files until load,`)
console.log(`${kB(settled.bytes)} in ${settled.files} files once the dialogs are fetched ahead`)

const times: number[] = []
for (let round = -1; round < ROUNDS; round++) {
  const name = `Round ${round + 2} ${Date.now()}`
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  const generate = page.getByRole('button', { name: 'Generate' })
  await generate.hover()
  const row = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let clicked = Number.NaN
        addEventListener('click', () => (clicked = performance.now()), { capture: true, once: true })
        const observer = new MutationObserver(() => {
          const found = [...document.querySelectorAll('table a')].some((link) => link.textContent === wanted)
          if (!found) return
          observer.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - clicked))
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    name,
  )
  await generate.click()
  const took = await row
  if (round >= 0) times.push(took)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}
console.log(`click on Generate to the row being there: median ${ms(median(times))}, p95 ${ms(quantile(times, 0.95))}`)
