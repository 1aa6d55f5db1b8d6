import type { What } from '#lib/testing/who-may/table'
import type { Things } from '#lib/testing/who-may/world'

/** How an operation of the HTTP API is tried on an organization, or on what is in it. */
export type OperationRow = {
  readonly what: What
  /** What its path names. */
  readonly params?: (at: Things) => Readonly<Record<string, string>>
  /** The organization is named in its query. */
  readonly inQuery?: true
  readonly body?: (at: Things) => object
  /** It reads, or only takes away: also where the organization is suspended. */
  readonly downwards?: true
  /** Those who may not do it do not see that it is there. */
  readonly hidden?: true
  /** It ends the organization's own suspension, which one above has to be free of. */
  readonly resumes?: true
  /** Only tokens that stand for a person do it. */
  readonly inPerson?: true
}

type Rows = Readonly<Record<string, OperationRow>>

const revealed = { params: (at: Things) => ({ tokenId: at.revealed }) }
const manage = { what: 'manage organization tokens' } as const

const TOKENS: Rows = {
  listTokens: { what: 'see organization tokens', inQuery: true, downwards: true },
  getToken: { what: 'see organization tokens', ...revealed, downwards: true },
  createToken: { ...manage, body: ({ target }) => ({ organization: target, name: 'New' }) },
  editToken: { ...manage, ...revealed, body: () => ({ name: 'Renamed' }), downwards: true },
  rotateToken: { ...manage, ...revealed, body: () => ({ overlapSeconds: 0 }) },
  revokeToken: { ...manage, ...revealed, downwards: true },
  restoreToken: { ...manage, params: ({ revoked }) => ({ tokenId: revoked }) },
  deleteToken: { ...manage, params: ({ revoked }) => ({ tokenId: revoked }), downwards: true },
  revealToken: {
    what: 'reveal, copy organization tokens',
    params: ({ unrevealed }) => ({ tokenId: unrevealed }),
  },
  readUsage: { what: 'see organization tokens', inQuery: true, downwards: true },
  usageReportPdf: { what: 'see organization tokens', inQuery: true, downwards: true },
  usageReportCsv: { what: 'see organization tokens', inQuery: true, downwards: true },
}

const target = { params: (at: Things) => ({ organization: at.target }) }
const fromAbove = { what: 'edit, suspend, close it from above', ...target } as const
const list = {
  what: 'list customers, members, API users, devices',
  inQuery: true,
  downwards: true,
  hidden: true,
} as const

const ORGANIZATIONS: Rows = {
  listOrganizations: list,
  openOrganization: { what: 'open customers below', body: (at) => ({ organization: at.target, name: 'New' }) },
  getOrganization: { what: 'see organization tokens', ...target, downwards: true },
  editOrganization: {
    what: 'edit its name and contact, tighten policies',
    ...target,
    body: () => ({ contact: 'target@example.com' }),
    downwards: true,
  },
  suspendOrganization: { ...fromAbove, downwards: true },
  resumeOrganization: { ...fromAbove, resumes: true },
  closeOrganization: { ...fromAbove, body: () => ({ name: 'Target' }), downwards: true },
}

const member = { params: (at: Things) => ({ userId: at.member }), inQuery: true } as const

const MEMBERS: Rows = {
  listMembers: list,
  getMember: { ...list, ...member },
  editMember: {
    what: 'change members',
    ...member,
    body: ({ device }) => ({ resources: [`device:${device}`] }),
    downwards: true,
  },
  removeMember: { what: 'remove members', ...member, downwards: true },
  listInvitations: list,
  inviteMember: {
    what: 'invite members',
    body: (at) => ({ organization: at.target, email: 'somebody@example.com', role: 'viewer' }),
    inPerson: true,
  },
  withdrawInvitation: {
    what: 'remove members',
    params: ({ invitation }) => ({ invitationId: invitation }),
    hidden: true,
    downwards: true,
  },
}

const others = { what: 'manage API users, devices' } as const
const apiUser = { params: (at: Things) => ({ apiUserId: at.apiUser }), inQuery: true } as const
const device = { params: (at: Things) => ({ deviceId: at.device }), inQuery: true } as const

const OTHERS: Rows = {
  listApiUsers: list,
  getApiUser: { ...list, ...apiUser },
  createApiUser: {
    ...others,
    body: (at) => ({ organization: at.target, name: 'New', role: 'viewer', scope: 'data:read' }),
  },
  editApiUser: { ...others, ...apiUser, body: () => ({ name: 'Renamed' }), downwards: true },
  disableApiUser: { ...others, ...apiUser, downwards: true },
  enableApiUser: { ...others, ...apiUser },
  listDevices: list,
  getDevice: { ...list, ...device },
  registerDevice: { ...others, body: (at) => ({ organization: at.target, deviceId: 'meter-2', name: 'Meter 2' }) },
  renameDevice: { ...others, ...device, body: () => ({ name: 'Renamed' }), downwards: true },
  removeDevice: { ...others, ...device, downwards: true },
}

/** Every operation by its name: one that is not here fails the test. */
export const OPERATION_ROWS: Rows = { ...TOKENS, ...ORGANIZATIONS, ...MEMBERS, ...OTHERS }
