import { basename } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { enter, signIn } from './desk'
import { makeOrganization, type TestOrganization, type TierName } from './organization'
import { noteSight } from './traffic'
import { watch } from './watch-browser'

type Fixtures = {
  /** The tier of the organization that the test gets. */
  tier: TierName
  elm: TestOrganization
  /** Tokens of elm with nothing but `Default`, open before its admin. */
  desk: Page
  /** Another person's browser, signed in. */
  browserOf: (email: string, password?: string) => Promise<Page>
  /** Fails the test when a page wrote to console.error or threw. */
  quiet: undefined
  /** Notes what the browser does, for the search after the run. */
  watched: undefined
}

export const test = base.extend<Fixtures>({
  tier: ['Advanced', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: the fixture needs none of the others
  baseURL: async ({}, use) => use(process.env['E2E_BASE_URL']),
  elm: async ({ tier }, use) => {
    const elm = await makeOrganization(tier)
    await use(elm)
    await elm.close()
  },
  desk: async ({ page, elm }, use) => {
    await enter(page, elm)
    await use(page)
  },
  browserOf: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (email, password) => {
      const context = await browser.newContext()
      contexts.push(context)
      const page = await context.newPage()
      await signIn(page, email, password)
      return page
    })
    for (const context of contexts) await context.close()
  },
  quiet: [
    async ({ browser }, use) => {
      const complaints: string[] = []
      const listen = (context: BrowserContext) => {
        context.on('console', (message) => {
          if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text())
        })
        context.on('weberror', (error) => complaints.push(String(error.error())))
      }
      browser.contexts().forEach(listen)
      browser.on('context', listen)
      await use(undefined)
      browser.off('context', listen)
      expect(complaints, 'no page complained').toEqual([])
    },
    { auto: true },
  ],
  watched: [
    async ({ browser }, use, { file }) => {
      noteSight({ part: 'spec', where: basename(file), text: '' })
      const end = watch(browser)
      await use(undefined)
      end()
    },
    { auto: true },
  ],
})

// The browser's own notes on answers that the journeys provoke on purpose.
const EXPECTED = /Failed to load resource: (the server responded with a status of (401|404|422)|net::ERR_FAILED)/

export { expect }
