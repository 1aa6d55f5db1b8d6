/** What screens show of one's own account. */

export type SessionView = {
  readonly id: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly ip: string | null
  readonly userAgent: string | null
  /** The one that asks. */
  readonly current: boolean
}

export type WaysIn = {
  readonly password: boolean
  /** Since when a login at the provider is linked; null where none is. */
  readonly loginSince: Date | null
}
