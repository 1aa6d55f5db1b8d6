import type { What } from '#lib/testing/who-may/table'
import type { Things } from '#lib/testing/who-may/world'
import { newRevealKey } from '#lib/testing/world'

/** An action that acts on an organization or on what is in it. */
export type PlacedRow = {
  readonly what: What
  readonly input: (at: Things) => unknown
  /** It only takes away: also where the organization is suspended. */
  readonly downwards?: true
  /** What an answer that reports on several comes to. */
  readonly outcomeOf?: (output: unknown) => string
}

/** Actions by name: what each needs; `account` acts on nothing but the account of who asks, `anybody` without one. */
export type Row = PlacedRow | 'account' | 'anybody'

const first = (output: unknown): string => {
  const [one] = output as readonly { readonly refusal: { readonly code: string } | null }[]
  return one?.refusal?.code ?? 'ok'
}

const ACCOUNT: Readonly<Record<string, Row>> = {
  changePassword: 'account',
  confirmIdentity: 'account',
  editProfile: 'account',
  endSession: 'account',
  setUp: 'anybody',
  signIn: 'anybody',
  signOut: 'account',
  signOutEverywhere: 'account',
}

const TOKENS: Readonly<Record<string, Row>> = {
  createToken: {
    what: 'manage organization tokens',
    input: ({ target }) => ({ organizationId: target, name: 'New' }),
  },
  editToken: {
    what: 'manage organization tokens',
    input: ({ revealed }) => ({ tokenId: revealed, name: 'Renamed' }),
    downwards: true,
  },
  rotateToken: {
    what: 'manage organization tokens',
    input: ({ revealed }) => ({ tokenId: revealed, overlapSeconds: 0 }),
  },
  revokeToken: {
    what: 'manage organization tokens',
    input: ({ revealed }) => ({ tokenId: revealed }),
    downwards: true,
  },
  revokeTokens: {
    what: 'manage organization tokens',
    input: ({ revealed }) => ({ tokenIds: [revealed] }),
    downwards: true,
    outcomeOf: first,
  },
  restoreToken: { what: 'manage organization tokens', input: ({ revoked }) => ({ tokenId: revoked }) },
  deleteToken: {
    what: 'manage organization tokens',
    input: ({ revoked }) => ({ tokenId: revoked }),
    downwards: true,
  },
  deleteTokens: {
    what: 'manage organization tokens',
    input: ({ revoked }) => ({ tokenIds: [revoked] }),
    downwards: true,
    outcomeOf: first,
  },
  revealToken: {
    what: 'reveal, copy organization tokens',
    input: ({ unrevealed }) => ({ tokenId: unrevealed, key: newRevealKey() }),
  },
  copyToken: {
    what: 'reveal, copy organization tokens',
    input: ({ unrevealed }) => ({ tokenId: unrevealed, key: newRevealKey() }),
  },
  finishReveal: {
    what: 'reveal, copy organization tokens',
    input: ({ revealed }) => ({ tokenId: revealed }),
    downwards: true,
  },
}

/** Every server action: one that is not here fails the test. */
export const ROWS: Readonly<Record<string, Row>> = { ...ACCOUNT, ...TOKENS }
