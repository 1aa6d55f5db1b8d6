import type { ListPage } from '#lib/lists/view'
import type { ScopeOption } from '#lib/tokens/view'

/** What screens show of API users. */

export type ApiUserRole = 'admin' | 'member' | 'viewer'

export type ApiUserView = {
  readonly id: string
  readonly name: string
  readonly role: ApiUserRole
  readonly scopes: readonly string[]
  /** null: not narrowed. */
  readonly devices: readonly string[] | null
  /** null: it works. */
  readonly disabledAt: Date | null
  readonly createdAt: Date
  readonly activeTokens: number
  /** A few of them, last used first, and who called with each then. */
  readonly tokens: readonly {
    readonly name: string
    readonly lastUsedAt: Date | null
    readonly lastUsedIp: string | null
    readonly lastUsedUserAgent: string | null
  }[]
  /** Of any of its tokens. */
  readonly lastUsedAt: Date | null
}

export type ApiUserPage = ListPage<ApiUserView> & {
  /** How many there are, whatever is looked for. */
  readonly counts: { readonly all: number; readonly disabled: number; readonly activeTokens: number }
  /** What may be chosen under each role. */
  readonly scopes: Readonly<Record<ApiUserRole, readonly ScopeOption[]>>
}
