import { bigint, index, integer, pgTable, primaryKey, real, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/**
 * The running verifiers, each of which says every second that it is there. All times are the database's own, so that
 * they can be compared with each other.
 */
export const verifiers = pgTable('verifiers', {
  /** A new one at each start. */
  id: uuid().primaryKey(),
  /** For people: `desk`, `verifier-1`, or the host and port that it listens on. */
  name: text().notNull(),
  startedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** The lease that it may answer from memory under ends at most 5 seconds after this. */
  lastSeenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** Tokens that it has in memory. */
  entries: integer().notNull().default(0),
  /** Look-ups since its start that were answered from memory, and that went to the database. */
  hits: bigint({ mode: 'number' }).notNull().default(0),
  misses: bigint({ mode: 'number' }).notNull().default(0),
  /** Milliseconds from its last notification to itself until that came; null: none came yet. */
  lagMs: real(),
})

/** Revocations that verifiers are to acknowledge; kept for an hour. */
export const revocations = pgTable(
  'revocations',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tokenId: text().notNull(),
    /** The database's own time, just before the commit. */
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('revocations_by_time').using('brin', table.at)],
)

/** From when on a verifier refuses the token of a revocation. */
export const revocationAcknowledgements = pgTable(
  'revocation_acknowledgements',
  {
    revocationId: bigint({ mode: 'number' })
      .notNull()
      .references(() => revocations.id, { onDelete: 'cascade' }),
    verifierId: uuid().notNull(),
    /** The verifier as it was called then. */
    verifierName: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.revocationId, table.verifierId] })],
)
