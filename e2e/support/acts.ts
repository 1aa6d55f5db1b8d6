import { randomBytes } from 'node:crypto'
import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { type ActionRequest, recordAction } from './action-request'
import { choose, dialog, openTokens, signIn } from './desk'
import { DEMO_PASSWORD } from './organization'

/** The three actions as a page of this build posts them, to be sent by hand with other inputs. */
export type RecordedActs = Record<'create' | 'reveal' | 'revoke', ActionRequest>

/** Records how the page Tokens of the platform posts its actions; none of them reaches the server. */
export async function recordActs(browser: Browser, baseURL: string, admin: string): Promise<RecordedActs> {
  const context = await browser.newContext({ baseURL })
  await signIn(await context.newPage(), admin, DEMO_PASSWORD)
  // Each on a page of its own: an open reveal would be taken up again by the next.
  const record = async (press: (page: Page) => Promise<void>) => {
    const page = await context.newPage()
    await openTokens(page, 'platform')
    return recordAction(page, () => press(page))
  }
  const create = await record(async (page) => {
    await page.getByRole('button', { name: 'New token' }).click()
    await dialog(page, 'New token').getByLabel('Name').fill('Never made')
    await dialog(page, 'New token').getByRole('button', { name: 'Generate' }).click()
  })
  const reveal = await record(async (page) => {
    await choose(page, 'Gateway', 'Reveal')
    await dialog(page, 'Reveal Gateway').getByRole('button', { name: 'Show' }).click()
  })
  const revoke = await record(async (page) => {
    await choose(page, 'Gateway', 'Revoke')
    await dialog(page, 'Revoke Gateway?').getByRole('button', { name: 'Revoke' }).click()
  })
  await context.close()
  return { create, reveal, revoke }
}

/** A server, and the requests of somebody who is signed in there. */
export type Desk = { readonly url: string; readonly request: APIRequestContext }

/** What of the acts was acknowledged, by the token's name; an act that was asked for and not answered is `asked`. */
export type Act = {
  readonly name: string
  id?: string
  key?: string
  secret?: string
  revoke?: 'asked' | 'acknowledged'
}

/**
 * Makes a token, reveals it and, every other time, revokes it, each by its action; stops at the first answer that does
 * not come. `acknowledged` counts the answers.
 */
export async function makeRevealRevoke(
  recorded: RecordedActs,
  desk: Desk,
  input: { readonly organizationId: string; readonly act: Act; readonly revokes: boolean },
  acknowledged: () => void,
): Promise<boolean> {
  const { act, organizationId } = input
  const made = await post(recorded.create, desk, { organizationId, name: act.name })
  if (made === null) return false
  acknowledged()
  const id = /"id":"([0-9A-Za-z]{16})"/.exec(made)?.[1]
  if (id === undefined) throw new Error(`the answer names no token: ${made.slice(0, 200)}`)
  act.id = id
  act.key = randomBytes(16).toString('base64url')
  const revealed = await post(recorded.reveal, desk, { tokenId: id, key: act.key })
  if (revealed === null) return false
  acknowledged()
  act.secret = /tok_org_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}/.exec(revealed)?.[0] ?? 'none'
  if (!input.revokes) return true
  act.revoke = 'asked'
  const revoked = await post(recorded.revoke, desk, { tokenId: id })
  if (revoked === null) return false
  acknowledged()
  act.revoke = 'acknowledged'
  return true
}

/** Posts an action; the text of a good answer, null where there was none or it was a fault of the server's. */
export async function post(recorded: ActionRequest, { url, request }: Desk, input: object): Promise<string | null> {
  try {
    const answer = await request.post(`${url}${new URL(recorded.url).pathname}?q=nothing-is-called-so`, {
      headers: { ...recorded.headers, origin: url, 'accept-encoding': 'identity' },
      data: Buffer.from(JSON.stringify([input])),
      maxRedirects: 0,
      timeout: 20_000,
    })
    const text = await answer.text()
    return text.includes('"ok":true') ? text : null
  } catch {
    return null
  }
}
