/** What screens show of the trail. */

export type AuditEventView = {
  readonly id: string
  readonly at: Date
  /** For example `token.revoked`. */
  readonly action: string
  /** Who did it, as they were called then: an e-mail address, or Tokenry itself. */
  readonly actor: string
  readonly target: {
    readonly type: string
    readonly id: string
    /** As it was called then; null: a personal token, whose name is its owner's alone. */
    readonly name: string | null
    /** Where it is to be seen; null where it is gone or has no page. */
    readonly href: string | null
  }
  /** null: it concerns a person and no organization. */
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string } | null
  readonly ip: string | null
  readonly userAgent: string | null
  /** What changed or why, in words; empty where there is nothing to add. */
  readonly details: readonly string[]
}

/** How many there are; `more`: not counted any further. */
export type Counted = { readonly count: number; readonly more: boolean }

export type AuditPage = {
  readonly events: readonly AuditEventView[]
  /** Of those that match the filters. */
  readonly total: Counted
  /** Position of the first event in the whole log, from 1; 0 where there is none, null where it was not counted so far. */
  readonly first: number | null
  /** Whether there are pages on either side. */
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  /** Secrets opened within the last 7 days, whatever the filters; `latest` null: none. */
  readonly openings: Counted & { readonly latest: { readonly actor: string; readonly at: Date } | null }
}
