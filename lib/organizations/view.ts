import type { Invited } from '#lib/invitations/view'
import type {
  CloseCustomerInput,
  EditCustomerInput,
  OpenCustomerInput,
  OrganizationIdInput,
} from '#lib/organizations/schema'
import type { Action } from '#lib/result'
import type { TierHits } from '#lib/tiers/view'

/** What screens show of organizations. Pure types. */

/** A tier as its badge draws it. */
export type TierView = {
  /** The tier that was granted. */
  readonly name: string
  /** The rank that counts now: bars are filled up to it. */
  readonly effectiveRank: number
  /** Present where an ancestor's lower tier counts instead. */
  readonly limitedTo?: { readonly tier: string; readonly by: string }
}

/** An organization as the switcher offers it. */
export type OrganizationChoice = {
  readonly slug: string
  readonly name: string
  readonly kind: 'platform' | 'reseller' | 'customer'
  /** null: the platform has none. */
  readonly tier: TierView | null
  /** How deep in the tree, from 0; drawn as indentation. */
  readonly depth: number
}

export type CustomerActionName = 'edit' | 'suspend' | 'resume' | 'close'

/** An organization below the one that is looked at. */
export type CustomerView = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: 'reseller' | 'customer'
  readonly contact: string | null
  readonly tierId: string
  readonly tier: TierView
  /** Active organization and service tokens, and how many there may be. */
  readonly used: number
  readonly limit: number
  /** The number that a platform admin set in the tier's place. */
  readonly limitOverride: number | null
  /** The one directly above it; `rank` null: the platform, which grants every tier. */
  readonly parent: {
    readonly slug: string
    readonly name: string
    readonly rank: number | null
    readonly tier: string | null
  }
  /** Whether it stands directly below the one that is looked at. */
  readonly direct: boolean
  /** Organizations directly below it. */
  readonly below: number
  readonly status: 'open' | 'suspended' | 'closed'
  /** The organization above that is suspended, where it is not itself. */
  readonly suspendedBy: string | null
  /** The latest use of any of its tokens. */
  readonly lastActivityAt: Date | null
  readonly openedAt: Date
  readonly actions: readonly CustomerActionName[]
}

/** How many there are of a sort, and the names of the first two. */
export type NamedCount = { readonly count: number; readonly first: readonly string[] }

export type CustomerPage = {
  readonly customers: readonly CustomerView[]
  /** How many match search and filter together. */
  readonly total: number
  /** How many match the search, by filter. */
  readonly counts: Readonly<Record<'all' | 'limit' | 'suspended' | 'closed', number>>
  /** Of all at the chosen levels, whatever is searched for. */
  readonly summary: {
    readonly open: number
    readonly resellers: boolean
    readonly atLimit: NamedCount
    readonly over: number
    readonly suspended: NamedCount
  }
  readonly first: number
  readonly previous: string | null
  readonly next: string | null
  readonly last: string | null
}

export type TierOption = {
  readonly id: string
  readonly name: string
  readonly rank: number
  readonly tokenLimit: number
}

/** What the dialogs of a Customers page need to know of the organization that it is of. */
export type CustomerFormOptions = {
  readonly organizationId: string
  readonly organizationName: string
  /** Lowest rank first. */
  readonly tiers: readonly TierOption[]
  readonly usualTierId: string | null
  /** Its effective tier: up to it it grants; null: every one. */
  readonly tier: { readonly name: string; readonly rank: number } | null
  /** Why no reseller can stand below it; null: one can. */
  readonly resellerRefusal: string | null
  readonly mayOverrideLimit: boolean
  /** The suspended organization, itself or above, because of which none is opened here now. */
  readonly suspendedBy: string | null
}

/** What closing an organization, or giving it another tier, would hit: itself and all below. */
export type CustomerHits = {
  readonly organizations: number
  /** Active ones, and those of them that no suspension stops already. */
  readonly tokens: number
  readonly working: number
  readonly members: number
  /** null where no other tier was asked about. */
  readonly tier: TierHits | null
}

/** The server actions of the Customers page, as components receive them in props. */
export type CustomerActions = {
  readonly openCustomer: Action<
    OpenCustomerInput,
    { readonly slug: string; readonly name: string; readonly invited: Invited | null }
  >
  readonly editCustomer: Action<EditCustomerInput, null>
  readonly suspendCustomer: Action<OrganizationIdInput, null>
  readonly resumeCustomer: Action<OrganizationIdInput, null>
  readonly closeCustomer: Action<CloseCustomerInput, { readonly organizations: number; readonly tokens: number }>
}

/** An organization as its admins edit it. */
export type OwnOrganization = {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** An e-mail address or URL, for those who are told to ask it. */
  readonly contact: string | null
}
