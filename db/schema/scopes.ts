import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { tiers } from '#db/schema/tiers'

/** Scopes that a platform admin defines for the platform's own services; Tokenry's own are none of them. */
export const scopes = pgTable(
  'scopes',
  {
    name: text().primaryKey(),
    description: text().notNull(),
    /** The tier of the lowest rank that has it; null: every tier has. */
    tierId: uuid().references(() => tiers.id),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    index('scopes_tier').on(table.tierId),
    check(
      'scopes_name_form',
      sql`${table.name} ~ '^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+$' and length(${table.name}) <= 64`,
    ),
    check(
      'scopes_not_built_in',
      sql`${table.name} not in ('data:read', 'reports:read', 'tokens:read', 'tokens:write', 'tokens:verify')`,
    ),
  ],
)
