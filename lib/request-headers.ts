/** Where our own server notes the path and query that were asked for, which the framework does not tell a page. */
export const REQUESTED_PATH = 'x-requested-path'

/** Where our own server notes the nonce of the page's inline scripts, new for each request. */
export const NONCE = 'x-nonce'

/** Where our own server notes the name that a request has in the log; the answer carries it too. */
export const REQUEST_ID = 'x-request-id'

const MAX_USER_AGENT = 200

/** The client's address, as our own server noted it on the request before anything else saw it. */
export const addressOf = (headers: Headers): string | null =>
  headers.get('x-forwarded-for')?.split(',')[0]?.trim() || null

/** What the client calls itself, cut at 200 characters. */
export const userAgentOf = (headers: Headers): string | null =>
  headers.get('user-agent')?.slice(0, MAX_USER_AGENT) || null
