import { type ActionRow, REVEAL_KEY, TOKENS_PAGE } from './row'

const MEMBERS_PAGE = '/o/alder/members'

const onToken = (more: Readonly<Record<string, unknown>> = {}, rest: Partial<ActionRow> = {}): ActionRow => ({
  page: TOKENS_PAGE,
  input: ({ token }) => ({ tokenId: token, ...more }),
  ...rest,
})
const onTokens: ActionRow = { page: TOKENS_PAGE, input: ({ token }) => ({ tokenIds: [token] }) }

/** What people do with tokens. */
export const TOKEN_ACTIONS: Readonly<Record<string, ActionRow>> = {
  copyToken: onToken({ key: REVEAL_KEY }),
  createToken: {
    page: TOKENS_PAGE,
    input: ({ alder, apiUser, token }) => ({
      organizationId: alder,
      name: 'Never made',
      expiration: { kind: 'preset', days: 30 },
      scopes: ['data:read'],
      devices: [],
      serviceAccountId: apiUser,
      replaces: token,
    }),
    optional: ['expiration', 'scopes', 'devices', 'serviceAccountId', 'replaces'],
    mayBe: { organizationId: [null], scopes: [['x']], devices: [null] },
  },
  deleteToken: onToken(),
  deleteTokens: onTokens,
  editToken: onToken(
    { name: 'Other', status: 'revoked', scopes: ['data:read'], devices: [], ipRanges: ['10.0.0.0/8'] },
    {
      optional: ['name', 'status', 'scopes', 'devices', 'ipRanges'],
      mayBe: { scopes: [['x']], devices: [null] },
    },
  ),
  finishReveal: onToken(),
  // Of the platform's admins alone: to an admin of Alder there is none of it.
  listPersonalTokens: { page: MEMBERS_PAGE, input: ({ member }) => ({ userId: member }) },
  restoreToken: onToken(),
  revealToken: onToken({ key: REVEAL_KEY }),
  revokePersonalTokens: {
    page: MEMBERS_PAGE,
    input: ({ token }) => ({ tokenIds: [token], reason: 'Never done', leaked: true }),
    optional: ['leaked'],
  },
  revokeToken: onToken(
    { reason: 'none', leaked: false, andDelete: false },
    { optional: ['reason', 'leaked', 'andDelete'], mayBe: { reason: [''] } },
  ),
  revokeTokens: { ...onTokens, optional: ['reason'] },
  rotateToken: onToken({ overlapSeconds: 0 }),
}
