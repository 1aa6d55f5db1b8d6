import { sql } from 'drizzle-orm'
import { check, index, integer, json, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from '#db/schema/bytea'

/** What requests that carried an `Idempotency-Key` were answered, kept for 24 hours; never a secret. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** The calling token. */
    tokenId: text().notNull(),
    /** Method and path template, as the published document writes them. */
    route: text().notNull(),
    /** SHA-256 of the key: for a reveal the key itself, with what the server keeps, would give the secret. */
    keyDigest: bytea().notNull(),
    /** SHA-256 of the path and body that came with it. */
    requestDigest: bytea().notNull(),
    status: integer().notNull(),
    answer: json().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tokenId, table.route, table.keyDigest] }),
    index('idempotency_keys_by_created').on(table.createdAt),
    check('idempotency_keys_digests', sql`length(${table.keyDigest}) = 32 and length(${table.requestDigest}) = 32`),
  ],
)
