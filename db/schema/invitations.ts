import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea } from '#db/schema/bytea'
import { organizations } from '#db/schema/organizations'
import { role, users } from '#db/schema/users'

/**
 * Somebody asked to become a member. Open until it is accepted, withdrawn or has run out; of its link only the SHA-256
 * of 128 random bits is kept. One that came from above after the first waits until an admin of the organization approves.
 */
export const invitations = pgTable(
  'invitations',
  {
    id: uuid().primaryKey().defaultRandom(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    /** As typed; `emailKey` is what they are compared by. */
    email: text().notNull(),
    emailKey: text().notNull(),
    role: role().notNull(),
    /** null: not narrowed. */
    devices: text().array(),
    invitedBy: uuid()
      .notNull()
      .references(() => users.id),
    /** The organization above on whose behalf they were invited; null: by an admin of the organization itself. */
    fromAboveId: uuid().references(() => organizations.id),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** null: an admin of the organization has to approve it first. */
    approvedAt: timestamp({ withTimezone: true }),
    approvedBy: uuid().references(() => users.id),
    /** null: no link was made yet. */
    linkDigest: bytea(),
    expiresAt: timestamp({ withTimezone: true }),
    acceptedAt: timestamp({ withTimezone: true }),
    acceptedBy: uuid().references(() => users.id),
    withdrawnAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex('invitations_link').on(table.linkDigest),
    // One open invitation for each address.
    uniqueIndex('invitations_open')
      .on(table.organizationId, table.emailKey)
      .where(sql`${table.acceptedAt} is null and ${table.withdrawnAt} is null`),
    index('invitations_organization').on(table.organizationId, table.createdAt),
    check('invitations_link_digest_length', sql`octet_length(${table.linkDigest}) = 32`),
    check('invitations_link_has_end', sql`(${table.linkDigest} is null) = (${table.expiresAt} is null)`),
    check('invitations_link_when_approved', sql`${table.approvedAt} is not null or ${table.linkDigest} is null`),
    check('invitations_ended_once', sql`${table.acceptedAt} is null or ${table.withdrawnAt} is null`),
  ],
)
