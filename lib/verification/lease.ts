import { between, type Moment, type Now, thisMoment } from '#lib/verification/moment'

/** How long facts may be used after the instant at which they were known to be true, in milliseconds. */
export const LEASE_MS = 5_000

const SHARED_MS = 10

export type Lease = ReturnType<typeof openLease>

/**
 * The right to answer from memory. It lasts 5 seconds from when a notification was sent that has come back since: by
 * then everything committed before it had been heard of.
 */
export function openLease(now: Now = thisMoment) {
  let sentAt: Moment | null = null
  let lastAsked = now()
  /** Whether what was asked of the database at that instant may still be used. */
  const lasts = (since: Moment) => between(since, now()) < LEASE_MS
  return {
    /** Renews it: a notification that was sent at that instant has come. */
    grant(sent: Moment): void {
      sentAt = sent
    },
    /** Whether memory may be used at this instant. */
    holds: () => sentAt !== null && lasts(sentAt),
    lasts,
    now,
    /** When something is asked: an instant of the last few milliseconds, which all that is asked then shares. */
    asking(): Moment {
      const present = now()
      if (between(lastAsked, present) >= SHARED_MS) lastAsked = present
      return lastAsked
    },
  }
}
