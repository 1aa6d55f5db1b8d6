/** Every end of a journey to the provider that people are told of, and in which words; `name` is the provider's. */
const NEWS = {
  linked: (name: string) => `${name} is linked: you can sign in with it from now on.`,
  confirmed: (name: string) => `Confirmed with ${name}. Begin again what you were about to do.`,
  unknown: (name: string) =>
    `Nobody here signs in with this ${name} login. Ask for an invitation; or sign in with your password and link it under Account settings, Security.`,
  'account-exists': (name: string) =>
    `There is an account with the invited e-mail address. Sign in with its password to accept; ${name} can be linked afterwards.`,
  'not-asked': (name: string) =>
    `${name} does not say that it asked you to sign in just now. An account without a password could never confirm that it is you by it: choose a password instead.`,
  'not-accepted': () => 'The invitation was not accepted.',
  taken: (name: string) => `This ${name} login belongs to another account. Nothing was linked.`,
  'has-another': (name: string) =>
    `Another ${name} login is linked to this account. Nothing was linked: unlink that one first.`,
  lapsed: (name: string) =>
    `More than 10 minutes went by at ${name} since you proved who you are here. Nothing was linked. Try again.`,
  'other-session': (name: string) => `You had signed out or in anew while you were at ${name}. Nothing was done.`,
  'other-login': (name: string) =>
    `That is not the ${name} login that this account is linked to. Nothing was confirmed.`,
  stale: (name: string) => `${name} did not ask you to sign in again, so nothing was done. Try again.`,
  cancelled: (name: string) => `You came back from ${name} without signing in there.`,
  expired: (name: string) => `That took too long, or was begun in another tab or browser. Go to ${name} once more.`,
  unreachable: (name: string) => `${name} can't be reached right now. Try again in a moment.`,
  failed: (name: string) =>
    `Signing in through ${name} failed. Try again; if it goes on, tell whoever runs this Tokenry.`,
} as const satisfies Record<string, (name: string) => string>

export type NewsCode = keyof typeof NEWS

/** The parameter of an address of ours that says how a journey to the provider ended: a code of a closed list. */
export const NEWS_PARAMETER = 'provider'

/** The cookie that says the same to the desk, for half a minute, so that nobody's link can make it say what did not happen. */
export const NEWS_COOKIE = 'tokenry.news'

const GOOD: ReadonlySet<string> = new Set<NewsCode>(['linked', 'confirmed'])

/** What people read of it; null for what is no such code. */
export function newsOf(code: unknown, name: string): { readonly good: boolean; readonly text: string } | null {
  return isNewsCode(code) ? { good: GOOD.has(code), text: NEWS[code](name) } : null
}

/**
 * The same for the desk, which tells of successes: `ended` is what NEWS_COOKIE says. What an address says beside that
 * was made up.
 */
export const newsOfDesk = (code: string, ended: string | null, name: string) =>
  code === ended ? newsOf(code, name) : null

const isNewsCode = (code: unknown): code is NewsCode => typeof code === 'string' && Object.hasOwn(NEWS, code)

/** A path of ours with that news added. */
export function withNews(path: string, code: NewsCode): string {
  const url = new URL(path, 'http://own.invalid')
  url.searchParams.set(NEWS_PARAMETER, code)
  return url.pathname + url.search + url.hash
}
