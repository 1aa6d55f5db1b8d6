import type { APIRequestContext, Page } from '@playwright/test'

export type ActionRequest = { readonly url: string; readonly headers: Record<string, string>; readonly body: string }

/** Records the next server action that the page posts, and keeps it from reaching the server. */
export async function recordAction(page: Page, press: () => Promise<void>): Promise<ActionRequest> {
  const { promise, resolve } = Promise.withResolvers<ActionRequest>()
  await page.route('**', async (route) => {
    const request = route.request()
    const headers = request.headers()
    if (headers['next-action'] === undefined) return route.fallback()
    const sent = ['next-action', 'next-router-state-tree', 'accept', 'content-type'].map((name) => [
      name,
      headers[name],
    ])
    const named = Object.fromEntries(sent.filter(([, value]) => value !== undefined))
    // Before anybody may stop listening: what is not answered by then is sent on.
    await route.abort()
    resolve({
      url: request.url(),
      headers: { ...named, origin: new URL(request.url()).origin },
      body: request.postData() ?? '',
    })
  })
  await press()
  const recorded = await promise
  await page.unroute('**')
  return recorded
}

/** Posts a recorded action by hand, with the cookies of whoever `as` is; gives the text of the answer. */
export async function replay(recorded: ActionRequest, as: APIRequestContext): Promise<string> {
  const answer = await as.post(recorded.url, {
    headers: recorded.headers,
    data: Buffer.from(recorded.body),
    maxRedirects: 0,
  })
  return answer.text()
}
