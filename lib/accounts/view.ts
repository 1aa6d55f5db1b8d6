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
