import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea } from '#db/schema/bytea'
import { organizations } from '#db/schema/organizations'

export const role = pgEnum('role', ['admin', 'member', 'viewer'])
export const linkPurpose = pgEnum('link_purpose', ['setup', 'reset-password'])

export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** As typed; `emailKey` is what must be unique and is looked up by. */
    email: text().notNull(),
    emailKey: text().notNull(),
    name: text().notNull(),
    /** argon2id in PHC form; null for those who sign in at the provider only. */
    passwordHash: text(),
    lastOrganizationId: uuid().references(() => organizations.id),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('users_email').on(table.emailKey)],
)

export const memberships = pgTable(
  'memberships',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    role: role().notNull(),
    /** Devices that the member's rights are narrowed to; null: not narrowed. */
    devices: text().array(),
    /** Who had invited them; null where they came otherwise, as by set-up. */
    invitedBy: uuid().references(() => users.id),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.organizationId] }),
    index('memberships_organization').on(table.organizationId),
  ],
)

/** A way in through a provider: whoever the provider calls so is this person. Never matched by e-mail address. */
export const logins = pgTable(
  'logins',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] }), index('logins_user').on(table.userId)],
)

/** A sign-in that still stands. Its id is in the signed cookie; deleting the row ends it at the next request. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    lastSeenAt: timestamp({ withTimezone: true }).notNull(),
    /** When this person last proved who they are; null: never in this session. */
    confirmedAt: timestamp({ withTimezone: true }),
    ip: text(),
    userAgent: text(),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

/** Links that work once: only the SHA-256 of their 128 random bits is kept. */
export const oneTimeLinks = pgTable(
  'one_time_links',
  {
    digest: bytea().primaryKey(),
    purpose: linkPurpose().notNull(),
    /** Whose password it resets; null at set-up. */
    userId: uuid().references(() => users.id),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index('one_time_links_user').on(table.userId),
    check('one_time_links_digest_length', sql`octet_length(${table.digest}) = 32`),
    check('one_time_links_whose', sql`(${table.purpose} = 'setup') = (${table.userId} is null)`),
  ],
)

/**
 * Failed passwords within a span of time, counted per account and network, per network, and in all. A row's key is a
 * digest: what people type as their e-mail address can be a password.
 */
export const passwordFailures = pgTable(
  'password_failures',
  {
    key: bytea().primaryKey(),
    count: integer().notNull(),
    /** From then on the count begins anew. */
    endsAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    // For forgetting what has ended.
    index('password_failures_ends').on(table.endsAt),
    check('password_failures_key_length', sql`octet_length(${table.key}) = 32`),
    check('password_failures_count_not_negative', sql`${table.count} >= 0`),
  ],
)

/** Journeys to the provider that were acted on, each under a digest of its id; after `endsAt` it is too old anyway. */
export const usedJourneys = pgTable(
  'used_journeys',
  {
    key: bytea().primaryKey(),
    endsAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    // For forgetting what has ended.
    index('used_journeys_ends').on(table.endsAt),
    check('used_journeys_key_length', sql`octet_length(${table.key}) = 32`),
  ],
)
