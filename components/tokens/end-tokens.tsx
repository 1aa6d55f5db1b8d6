import type { TokenFormOptions, TokenOutcome, TokenView } from '#lib/tokens/view'

export type EndingVerb = 'revoke' | 'delete'

/** What became of one of several: `unknown` where the answer was lost, `waiting` where it was not asked for yet. */
export type Fate =
  | { readonly kind: 'waiting' | 'unknown' }
  /** `revocation` null: it was deleted, or the answer that told of its revocation was lost. */
  | { readonly kind: 'done'; readonly revocation: number | null }
  | { readonly kind: 'refused'; readonly because: string }

const WEEK_MS = 7 * 86_400_000

/**
 * What revoking or deleting them would hit, and which of them it leaves as they are, with the reason. Those that are not
 * `onPage` are told of as they were when they last were, and may be gone by now.
 */
export function whatEnds(
  verb: EndingVerb,
  tokens: readonly TokenView[],
  onPage: readonly TokenView[],
  { used, organizationName }: Pick<TokenFormOptions, 'used' | 'organizationName'>,
  now: Date,
) {
  const ending = tokens.filter(({ actions }) => actions.includes(verb))
  const present = new Set(onPage.map(({ id }) => id))
  const working = ending.filter(({ id, status, kind }) => present.has(id) && status === 'active' && kind !== 'personal')
  return {
    ending,
    left: tokens.filter((token) => !ending.includes(token)).map((token) => ({ token, because: whyLeft(verb, token) })),
    usedLately: ending.filter(
      ({ status, lastUsedAt }) =>
        status === 'active' && lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < WEEK_MS,
    ),
    /** The organization would surely have no working token left. */
    leavesNone: organizationName !== null && used > 0 && working.length >= used,
  }
}

function whyLeft(verb: EndingVerb, { status }: TokenView): string {
  if (verb === 'delete') return status === 'active' ? 'Active, revoke it first' : 'You may not delete it'
  if (status === 'revoked') return 'Already revoked'
  return status === 'expired' ? 'Expired' : 'You may not revoke it'
}

/**
 * What an answer means for a token. `lost`: an answer about it was lost before, so that a refusal because it is ended
 * already tells that it was done then.
 */
export function fateOf({ refusal, revocation }: TokenOutcome, verb: EndingVerb, lost: boolean): Fate {
  const isEnded = refusal?.code === (verb === 'revoke' ? 'not_active' : 'not_found')
  if (refusal === null || (lost && isEnded)) return { kind: 'done', revocation }
  return { kind: 'refused', because: refusal.message }
}

/** The same items in portions of that size, the last one smaller. */
export const portionsOf = <Item,>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

/** "1 token", "3 tokens". */
export const tokensCounted = (count: number) => `${count} ${count === 1 ? 'token' : 'tokens'}`
