import { sql } from 'drizzle-orm'
import { check, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

export const atLimit = pgEnum('at_limit', ['refuse', 'replace'])
export const metrics = pgEnum('metrics', ['basic', 'extended'])

/** Data plans. Lite and Advanced ship with the first migration. */
export const tiers = pgTable(
  'tiers',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    rank: integer().notNull(),
    tokenLimit: integer().notNull(),
    atLimit: atLimit().notNull().default('refuse'),
    metrics: metrics().notNull().default('basic'),
  },
  (table) => [
    uniqueIndex('tiers_name').on(sql`lower(${table.name})`),
    check('tiers_rank_positive', sql`${table.rank} > 0`),
    check('tiers_limit_not_negative', sql`${table.tokenLimit} >= 0`),
  ],
)
