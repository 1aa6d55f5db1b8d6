import type { What } from '#lib/testing/who-may/table'
import type { Things } from '#lib/testing/who-may/world'
import { newRevealKey } from '#lib/testing/world'

/** An action that acts on an organization or on what is in it. */
export type PlacedRow = {
  readonly what: What
  readonly input: (at: Things) => unknown
  /** It only takes away: also where the organization is suspended. */
  readonly downwards?: true
  /** It is the platform's alone, whoever asks. */
  readonly ofPlatform?: true
  /** It ends the organization's own suspension, which one above has to be free of. */
  readonly resumes?: true
  /** Members who don't manage it do not see that it is there. */
  readonly hidden?: true
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
  acceptInvitation: 'anybody',
  acceptByProvider: 'anybody',
  joinByInvitation: 'account',
  openInvitation: 'anybody',
  requestPasswordReset: 'anybody',
  resetPassword: 'anybody',
  changePassword: 'account',
  confirmIdentity: 'account',
  confirmByProvider: 'account',
  editProfile: 'account',
  linkLogin: 'account',
  setPassword: 'account',
  endSession: 'account',
  setUp: 'anybody',
  signIn: 'anybody',
  signInByProvider: 'anybody',
  signOut: 'account',
  signOutEverywhere: 'account',
  unlinkLogin: 'account',
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

const MEMBERS: Readonly<Record<string, Row>> = {
  inviteMember: {
    what: 'invite members',
    input: ({ target }) => ({ organizationId: target, email: 'somebody@example.com', role: 'viewer' }),
  },
  approveInvitation: {
    what: 'approve invitations',
    input: ({ unapproved }) => ({ invitationId: unapproved }),
    hidden: true,
  },
  resendInvitation: {
    what: 'approve invitations',
    input: ({ invitation }) => ({ invitationId: invitation }),
    hidden: true,
  },
  withdrawInvitation: {
    what: 'remove members',
    input: ({ invitation }) => ({ invitationId: invitation }),
    hidden: true,
    downwards: true,
  },
  changeMember: {
    what: 'change members',
    input: ({ target, member }) => ({ organizationId: target, userId: member, role: 'member' }),
  },
  removeMember: {
    what: 'remove members',
    input: ({ target, member }) => ({ organizationId: target, userId: member }),
    downwards: true,
  },
}

const API_USERS: Readonly<Record<string, Row>> = {
  createApiUser: {
    what: 'manage API users, devices',
    input: ({ target }) => ({ organizationId: target, name: 'New', role: 'viewer', scopes: [], devices: null }),
  },
  editApiUser: {
    what: 'manage API users, devices',
    input: ({ target, apiUser }) => ({ organizationId: target, apiUserId: apiUser, name: 'Renamed' }),
    downwards: true,
  },
  disableApiUser: {
    what: 'manage API users, devices',
    input: ({ target, apiUser }) => ({ organizationId: target, apiUserId: apiUser }),
    downwards: true,
  },
  enableApiUser: {
    what: 'manage API users, devices',
    input: ({ target, apiUser }) => ({ organizationId: target, apiUserId: apiUser }),
  },
  registerDevice: {
    what: 'manage API users, devices',
    input: ({ target }) => ({ organizationId: target, deviceId: 'meter-2', name: 'Meter 2' }),
  },
  renameDevice: {
    what: 'manage API users, devices',
    input: ({ target, device }) => ({ organizationId: target, deviceId: device, name: 'Renamed' }),
    downwards: true,
  },
  removeDevice: {
    what: 'manage API users, devices',
    input: ({ target, device }) => ({ organizationId: target, deviceId: device }),
    downwards: true,
  },
}

const ORGANIZATIONS: Readonly<Record<string, Row>> = {
  openCustomer: {
    what: 'open customers below',
    input: ({ target }) => ({ parentId: target, name: 'New', slug: 'new', kind: 'customer' }),
  },
  editCustomer: {
    what: 'edit, suspend, close it from above',
    input: ({ target }) => ({ organizationId: target, name: 'Renamed' }),
    downwards: true,
  },
  suspendCustomer: {
    what: 'edit, suspend, close it from above',
    input: ({ target }) => ({ organizationId: target }),
    downwards: true,
  },
  resumeCustomer: {
    what: 'edit, suspend, close it from above',
    input: ({ target }) => ({ organizationId: target }),
    resumes: true,
  },
  closeCustomer: {
    what: 'edit, suspend, close it from above',
    input: ({ target }) => ({ organizationId: target, name: 'Target' }),
    downwards: true,
  },
  editOwnOrganization: {
    what: 'edit its name and contact, tighten policies',
    input: ({ target }) => ({ organizationId: target, contact: 'target@example.com' }),
    downwards: true,
  },
  previewPolicies: {
    what: 'edit its name and contact, tighten policies',
    input: ({ target }) => ({ organizationId: target, longestLifetimeDays: 30 }),
    downwards: true,
  },
  setPolicies: {
    what: 'edit its name and contact, tighten policies',
    input: ({ target }) => ({ organizationId: target, longestLifetimeDays: 30 }),
    downwards: true,
  },
}

const ofPlatform = (input: PlacedRow['input']): PlacedRow => ({
  what: "what is the platform's alone: tiers, scopes, ceilings",
  input,
  ofPlatform: true,
})
const TIER = { name: 'Extra', rank: 3, tokenLimit: 50, atLimit: 'refuse', metrics: 'basic' }

const PLATFORM: Readonly<Record<string, Row>> = {
  listPersonalTokens: ofPlatform(({ member }) => ({ userId: member })),
  revokePersonalTokens: {
    ...ofPlatform(({ personal }) => ({ tokenIds: [personal], reason: 'It leaked' })),
    outcomeOf: first,
  },
  createTier: ofPlatform(() => TIER),
  editTier: ofPlatform(({ tier }) => ({ tierId: tier, ...TIER })),
  previewTier: ofPlatform(({ tier }) => ({ tierId: tier, ...TIER })),
  deleteTier: ofPlatform(({ tier }) => ({ tierId: tier })),
  defineScope: ofPlatform(() => ({ name: 'meters:read', description: 'Read meters', tierId: null })),
  editScope: ofPlatform(({ scope }) => ({ name: scope, description: 'Write', tierId: null })),
  previewScope: ofPlatform(({ scope }) => ({ name: scope, description: 'Write', tierId: null })),
  previewScopeRemoval: ofPlatform(({ scope }) => ({ name: scope })),
  removeScope: ofPlatform(({ scope }) => ({ name: scope })),
  previewCeilings: ofPlatform(({ platform }) => ({ organizationId: platform, deletePolicy: 'revoked-only' })),
  setCeilings: ofPlatform(({ platform }) => ({ organizationId: platform, deletePolicy: 'revoked-only' })),
}

/** Every server action: one that is not here fails the test. */
const REPORTS: Readonly<Record<string, Row>> = {
  requestReport: {
    what: 'see organization tokens',
    input: ({ target }) => ({
      organizationId: target,
      format: 'pdf',
      from: '2026-01-01T00:00:00Z',
      to: '2026-02-01T00:00:00Z',
      timeZone: 'UTC',
    }),
    downwards: true,
  },
  // One that its admin asked for.
  cancelReport: {
    what: 'manage organization tokens',
    input: ({ report }) => ({ reportId: report }),
    downwards: true,
  },
}

export const ROWS: Readonly<Record<string, Row>> = {
  ...ACCOUNT,
  ...TOKENS,
  ...MEMBERS,
  ...API_USERS,
  ...ORGANIZATIONS,
  ...PLATFORM,
  ...REPORTS,
}
