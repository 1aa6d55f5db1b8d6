import type { What } from '#lib/testing/who-may/table'
import type { Things } from '#lib/testing/who-may/world'

/** How an operation of the HTTP API is tried on an organization, or on what is in it. */
type OperationRow = {
  readonly what: What
  /** Its query, where it takes one. */
  readonly query?: (at: Things) => string
  readonly tokenId?: (at: Things) => string
  readonly body?: (at: Things) => object
  /** It reads, or only takes away: also where the organization is suspended. */
  readonly downwards?: true
  /** What comes of it where it may be done, if not all of it is to be done for this. */
  readonly ends?: string
}

const manage = { what: 'manage organization tokens' } as const

/** Whoever may have one is told that such a period is none: rendering it would show nothing more. */
const report = {
  what: 'see organization tokens',
  query: ({ target }) => `?organization=${target}&from=2026-02-01&to=2026-01-01`,
  downwards: true,
  ends: 'invalid',
} as const satisfies OperationRow

/** Every operation by its name: one that is not here fails the test. */
export const OPERATION_ROWS: Readonly<Record<string, OperationRow>> = {
  listTokens: {
    what: 'see organization tokens',
    query: ({ target }) => `?organization=${target}`,
    downwards: true,
  },
  getToken: { what: 'see organization tokens', tokenId: ({ revealed }) => revealed, downwards: true },
  createToken: { ...manage, body: ({ target }) => ({ organization: target, name: 'New' }) },
  editToken: { ...manage, tokenId: ({ revealed }) => revealed, body: () => ({ name: 'Renamed' }), downwards: true },
  rotateToken: { ...manage, tokenId: ({ revealed }) => revealed, body: () => ({ overlapSeconds: 0 }) },
  revokeToken: { ...manage, tokenId: ({ revealed }) => revealed, downwards: true },
  restoreToken: { ...manage, tokenId: ({ revoked }) => revoked },
  deleteToken: { ...manage, tokenId: ({ revoked }) => revoked, downwards: true },
  readUsage: { what: 'see organization tokens', query: ({ target }) => `?organization=${target}`, downwards: true },
  usageReportPdf: report,
  usageReportCsv: report,
  revealToken: { what: 'reveal, copy organization tokens', tokenId: ({ unrevealed }) => unrevealed },
}
