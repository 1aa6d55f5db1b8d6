/** What screens show of policies. Pure types. */

/** What an organization allows for its tokens; each value has a loosest and a tightest end. */
export type Policies = {
  readonly revealPolicy: 'anytime' | 'once'
  readonly deletePolicy: 'any' | 'revoked-only'
  /** Days from the minting of the current secret; null: none. */
  readonly longestLifetimeDays: number | null
  readonly neverExpiringAllowed: boolean
}

export type PolicyName = keyof Policies

/** What holds at one level; its id is the organization's, or `ceilings`. */
export type PolicyLevel = { readonly id: string; readonly name: string; readonly policies: Policies }

/** The policies from the platform's ceilings down to where they are set, and what whoever looks may make of them. */
export type PolicyTable = {
  /** The organization whose they are; the platform's ceilings have the platform's. */
  readonly organizationId: string
  /** From the ceilings to here: what holds at each. */
  readonly levels: readonly PolicyLevel[]
  /** The loosest that whoever looks may set. */
  readonly loosest: Policies
  /** Why a policy has one possible value alone; null where it can be set. */
  readonly fixed: Readonly<Record<PolicyName, string | null>>
}

/** What tighter policies would come to for tokens that exist. */
export type PolicyEffect = {
  /** Active tokens, here and below, that would live longer than is allowed; they keep working. */
  readonly over: number
  /** The first of them. */
  readonly first: readonly {
    readonly id: string
    readonly name: string
    readonly organization: { readonly slug: string; readonly name: string }
  }[]
  /** Secrets that Tokenry holds sealed and would destroy. */
  readonly sealed: number
}
