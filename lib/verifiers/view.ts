import type { ProofRow } from '#db/queries/revocations'

/** How the verifiers answered one revocation or several; times are milliseconds of the database's clock. */
export type Proof = ProofRow

/** A revocation as it was done: what it is proven by and, where it is known already, the proof. */
export type Revoked = {
  readonly deleted: boolean
  /** Whether whoever revoked it is offered to restore it. */
  readonly restorable: boolean
  /** The id that its proof is read by, for an hour. */
  readonly revocation: number
}

/** A verifier as Settings list it. */
export type VerifierRow = {
  readonly id: string
  readonly name: string
  readonly startedAt: Date
  /** When it was last heard of; null: within the last 6 seconds. */
  readonly silentSince: Date | null
  /** Tokens that it has in memory. */
  readonly entries: number
  /** How many of 100 look-ups its memory answered; null: there was none. */
  readonly hitPercent: number | null
  /** Milliseconds from a notification until it came; null: none came yet. */
  readonly lagMs: number | null
}
