import type { TierView } from '#lib/organizations/view'

/** What screens show of a token. Pure types: no secret can be put into any of them. */

export type TokenKind = 'personal' | 'organization' | 'service'
export type TokenStatus = 'active' | 'revoked' | 'expired'

/** What this viewer may do with this token as it stands now; what does not apply is absent. */
export type TokenActionName = 'reveal' | 'copy' | 'edit' | 'rotate' | 'revoke' | 'restore' | 'delete'

export type TokenView = {
  readonly id: string
  readonly kind: TokenKind
  /** null: a personal token. */
  readonly organizationId: string | null
  /** `<prefix>_<kind code>_`, for example `tok_org_` */
  readonly head: string
  /** The last four characters of the secret's checksum; null until it is revealed. */
  readonly tail: string | null
  /** Under policy `anytime`: what is revealed is kept, or would be, so that it can be revealed again. */
  readonly keeps: boolean
  /** The current secret is kept. */
  readonly kept: boolean
  readonly name: string
  /** The organization above that made or rotated it and never sees its secret; null: its own people did. */
  readonly handedOverBy: string | null
  readonly status: TokenStatus
  /** Why an active token does not work all the same; a grey badge takes the place of the green one. */
  readonly stoppedBy: 'suspended' | 'disabled' | null
  readonly createdAt: Date
  /** Minting of the current secret; null until it is revealed. */
  readonly mintedAt: Date | null
  /** A rotation that waits for the next reveal; the secret of now works on for so many seconds after it. */
  readonly rotation: { readonly overlapSeconds: number } | null
  /** The secret before the current one, while it still works. */
  readonly retiring: { readonly tail: string; readonly mintedAt: Date; readonly until: Date } | null
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
  /** Stored scopes; null on the personal token that has whatever its owner has. */
  readonly scopes: readonly string[] | null
  /** null: not narrowed to any. */
  readonly devices: readonly string[] | null
  /** Of a service token: the API user that it belongs to. */
  readonly apiUser: TokenApiUser | null
  readonly ipRanges: readonly string[]
  readonly compromised: boolean
  /** It is active, and lives longer than the policies as they are now allow. */
  readonly overPolicy: boolean
  readonly actions: readonly TokenActionName[]
}

/** What of an API user bounds its tokens. */
export type TokenApiUser = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  /** null: not narrowed. */
  readonly devices: readonly string[] | null
}

/** What became of one of several tokens; `refusal` null: it was done. */
export type TokenOutcome = {
  readonly tokenId: string
  readonly refusal: { readonly code: string; readonly message: string } | null
  /** The id that its proof is read by, for an hour; null: it was not revoked by this. */
  readonly revocation: number | null
}

export type TokenSort = 'name' | 'created' | 'lastUsed' | 'expires'

export type TokenPage = {
  readonly tokens: readonly TokenView[]
  /** How many match search and status together. */
  readonly total: number
  /** How many match the search, by status. */
  readonly counts: Readonly<Record<TokenStatus | 'all', number>>
  /** Position of the first row in the whole list, from 1; 0 where there is none. */
  readonly first: number
  /** Cursors for the pages around; null where there is no such page. */
  readonly previous: string | null
  readonly next: string | null
  readonly last: string | null
}

/** How many tokens there are of a sort, and the first two of them. */
export type TokenSummary = {
  readonly count: number
  readonly first: readonly { readonly name: string; readonly expiresAt: Date | null }[]
}

/** The active tokens that the answer line tells of. */
export type TokenNotices = {
  readonly unrevealed: TokenSummary
  /** Those that expire within 14 days. */
  readonly ending: TokenSummary
}

export type AuditEntry = {
  readonly id: string
  readonly at: Date
  /** For example `token.revoked`. */
  readonly action: string
  /** Who did it, as shown to people: an e-mail address. */
  readonly actor: string
  readonly ip: string | null
  /** What changed or why, in words; empty where there is nothing to add. */
  readonly details: readonly string[]
}

export type TokenDetail = TokenView & {
  readonly createdBy: string | null
  readonly revealedBy: string | null
  /** Who had invited whoever revealed it; null: nobody, or they are no member any more. */
  readonly revealerInvitedBy: string | null
  readonly revokedBy: string | null
  readonly revokeReason: string | null
  readonly lastUsedIp: string | null
  readonly lastUsedUserAgent: string | null
  readonly audit: readonly AuditEntry[]
}

/** The active personal tokens of a person as an admin of the platform sees them: never by name. */
export type PersonalTokensOf = {
  readonly tokens: readonly Pick<TokenView, 'id' | 'head' | 'tail' | 'createdAt' | 'lastUsedAt'>[]
  /** How many organizations that are not closed the person is a member of, and so their tokens work in. */
  readonly organizations: number
}

/** An organization that a personal token works in. */
export type TokenReach = {
  readonly slug: string
  readonly name: string
  /** The owner's there. */
  readonly role: 'admin' | 'member' | 'viewer'
  /** What the token may do there. */
  readonly scopes: readonly string[]
  /** Verifiers refuse it there until the organization is resumed. */
  readonly suspended: boolean
}

/** A scope as the dialogs offer it; `refusal` says why it can't be granted, null where it can. */
export type ScopeOption = {
  readonly name: string
  readonly description: string
  readonly refusal: string | null
}

/** What the token dialogs need to know of where the tokens live and of the viewer's rights there. */
export type TokenFormOptions = {
  /** null: the tokens are the viewer's own. */
  readonly organizationId: string | null
  readonly organizationName: string | null
  /** Active organization and service tokens now. */
  readonly used: number
  /** null: no limit (the platform). */
  readonly limit: number | null
  /** null: the tokens have none, as the platform's and a person's own. */
  readonly tier: TierView | null
  /** The token that one more takes the place of, where the tier has it so; null: none. */
  readonly replaces: { readonly id: string; readonly name: string } | null
  /** The organization to ask for more, with its contact (an e-mail address or URL); null for the platform. */
  readonly ask: {
    readonly name: string
    readonly contact: string | null
    /** Where an admin above changes the tier themselves; null: whoever looks is none. */
    readonly changeTier: string | null
  } | null
  readonly scopes: readonly ScopeOption[]
  /** Where devices are looked up, `?q=`; null where there is none to narrow a token to. */
  readonly devicesUrl: string | null
  /** Longest lifetime in days; null: none. */
  readonly longestLifetimeDays: number | null
  readonly neverAllowed: boolean
  /** Whether whoever looks may make and change tokens. */
  readonly mayManage: boolean
  /** Whether whoever looks may open secrets: from above one makes tokens and never sees them. */
  readonly mayReveal: boolean
  /** From above: whoever is invited to be the first admin there, by e-mail address, while there is none yet. */
  readonly awaiting: string | null
}
