import type { Browser, BrowserContext, Page } from '@playwright/test'
import { noteSight, type Sight } from './traffic'

/**
 * Notes what the contexts of a browser ask for, show as their address, write to the console, and keep in their storage
 * when a page or the context is closed; until the returned function is called.
 */
export function watch(browser: Browser): () => void {
  browser.contexts().forEach(watchContext)
  browser.on('context', watchContext)
  return () => browser.off('context', watchContext)
}

const watched = new WeakSet<BrowserContext>()

function watchContext(context: BrowserContext): void {
  if (watched.has(context)) return
  watched.add(context)
  context.on('request', (request) => {
    const url = request.url()
    if (url.includes('/_next/static/')) return
    const headers = Object.entries(request.headers()).map(([name, value]) => `${name}: ${value}`)
    noteSight(
      { part: 'browser url', where: 'request', text: url },
      { part: 'browser request headers', where: url, text: headers.join('\n') },
    )
  })
  context.on('console', (message) =>
    noteSight({ part: 'browser console', where: message.location().url, text: message.text() }),
  )
  context.on('page', watchPage)
  context.pages().forEach(watchPage)
  before(context, 'close', async () => {
    await Promise.all(context.pages().map(noteStorage))
    const cookies = await context.cookies()
    noteSight(
      ...cookies.map(({ name, value, domain }): Sight => ({ part: 'cookie', where: domain, text: `${name} ${value}` })),
    )
    noteSight({ part: 'browser context closed', where: '', text: '' })
  })
}

function watchPage(page: Page): void {
  page.on('framenavigated', (frame) => noteSight({ part: 'browser url', where: 'address', text: frame.url() }))
  before(page, 'close', () => noteStorage(page))
}

/** Lets something happen before each call of `close`; it may fail, since what is to be closed can be gone already. */
function before(target: Page | BrowserContext, name: 'close', look: () => Promise<void>): void {
  const close = target[name].bind(target)
  target[name] = async (...args: Parameters<typeof close>) => {
    await look().catch(() => {})
    return close(...args)
  }
}

/** What a page and its origin keep, and its address now. */
async function noteStorage(page: Page): Promise<void> {
  if (page.isClosed() || !page.url().startsWith('http')) return
  const kept = await page.evaluate(async () => {
    const textsOf = (storage: Storage) => Object.entries({ ...storage }).map(([name, value]) => `${name} ${value}`)
    const cached: string[] = []
    // Only where the page is a secure context.
    for (const name of 'caches' in window ? await caches.keys() : []) {
      const cache = await caches.open(name)
      for (const key of await cache.keys()) cached.push(`${key.url} ${await (await cache.match(key))?.text()}`)
    }
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const indexed: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      for (const store of database.objectStoreNames)
        indexed.push(JSON.stringify(await done(database.transaction(store).objectStore(store).getAll())))
      database.close()
    }
    return {
      localStorage: textsOf(localStorage),
      sessionStorage: textsOf(sessionStorage),
      IndexedDB: indexed,
      'Cache storage': cached,
    }
  })
  const where = page.url()
  noteSight({ part: 'browser url', where: 'address at the end', text: where })
  for (const part of ['localStorage', 'sessionStorage', 'IndexedDB', 'Cache storage'] as const)
    noteSight(...kept[part].map((text): Sight => ({ part, where, text })))
}
