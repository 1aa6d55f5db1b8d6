/** Where our own server notes the path and query that were asked for, which the framework does not tell a page. */
export const REQUESTED_PATH = 'x-requested-path'

const MAX_USER_AGENT = 200

/** The client's address, as our own server noted it on the request before anything else saw it. */
export const addressOf = (headers: Headers): string | null =>
  headers.get('x-forwarded-for')?.split(',')[0]?.trim() || null

/** What the client calls itself, cut at 200 characters. */
export const userAgentOf = (headers: Headers): string | null =>
  headers.get('user-agent')?.slice(0, MAX_USER_AGENT) || null
