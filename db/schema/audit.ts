import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'

/** Who did what to what, when, from where. Rows are only ever added: a trigger refuses anything else. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull(),
    /** For example `token.revoked`. */
    action: text().notNull(),
    /** null where it concerns a person and no organization. */
    organizationId: uuid().references(() => organizations.id),
    /** null: Tokenry itself, as at set-up. */
    actorUserId: uuid().references(() => users.id),
    /** The actor as they were called then. */
    actorName: text().notNull(),
    targetType: text().notNull(),
    targetId: text().notNull(),
    targetName: text().notNull(),
    details: jsonb().notNull().default({}),
    ip: text(),
    userAgent: text(),
  },
  (table) => [
    // The log, newest first: all of it, and narrowed to what it is filtered by. Names are found by any part of them
    // through audit_events_by_words, which the migration makes where the server has pg_trgm.
    index('audit_events_by_time').on(table.at, table.id),
    index('audit_events_by_organization').on(table.organizationId, table.at, table.id),
    index('audit_events_by_action').on(table.action, table.at, table.id),
    index('audit_events_by_actor').on(table.actorName, table.at, table.id),
    index('audit_events_by_target').on(table.targetType, table.targetId, table.id),
  ],
)
