import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'

// No foreign keys: tokens and organizations are never removed, and each would cost a look-up per row and flush.

/** What was said of a token whose secret was presented: `active`, or the reason why not. */
export const outcome = pgEnum('outcome', [
  'active',
  'secret_retired',
  'revoked',
  'organization_required',
  'not_a_member',
  'suspended',
  'api_user_disabled',
  'expired',
  'ip_not_allowed',
  'insufficient_scope',
  'resource_not_allowed',
])

const key = {
  /** Where the token counted; null: nowhere, for a personal token that was refused before that was known. */
  organizationId: uuid(),
  tokenId: text().notNull(),
  /** The beginning of an hour in UTC. */
  hour: timestamp({ withTimezone: true }).notNull(),
}

/** How often a token was presented in an hour, and what was said. Kept for 400 days. */
export const usageHours = pgTable(
  'usage_hours',
  { ...key, outcome: outcome().notNull(), count: integer().notNull() },
  (table) => [
    unique('usage_hours_key').on(table.organizationId, table.tokenId, table.hour, table.outcome).nullsNotDistinct(),
    // What is too old to be kept. Rows come in the order of their hours, so a few bytes tell where they stand.
    index('usage_hours_by_hour').using('brin', table.hour),
    check('usage_hours_count', sql`${table.count} > 0`),
  ],
)

/** The sums of an organization's hours by day in UTC, written together with them: what long periods and many customers read. */
export const usageDays = pgTable(
  'usage_days',
  {
    organizationId: uuid().notNull(),
    day: date().notNull(),
    outcome: outcome().notNull(),
    count: bigint({ mode: 'number' }).notNull(),
    /** The same hour by hour, so that days of any time zone and parts of days are told as quickly. */
    hours: integer().array().notNull(),
    /** Whether usage_groups and usage_weeks have the day as it is: set once it is over, and unset by whatever comes for it later. */
    grouped: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.day, table.outcome] }),
    // What many organizations came to on few days, and what is too old to be kept.
    index('usage_days_by_day').on(table.day),
    // The few that are still to be grouped.
    index('usage_days_ungrouped').on(table.day).where(sql`not ${table.grouped}`),
    check('usage_days_count', sql`${table.count} > 0`),
    check('usage_days_hours', sql`array_ndims(${table.hours}) = 1 and array_length(${table.hours}, 1) = 24`),
  ],
)

/** What a day's uses are summed by beside their outcome. */
export const usageGrouping = pgEnum('usage_grouping', ['token', 'endpoint', 'resource', 'ip', 'userAgent'])

/**
 * The sums of an organization's days in UTC that are over, by token and by each thing that a use tells: what rankings of
 * long periods read. They hold where all of the day's rows in usage_days are `grouped`; else the hours are asked.
 */
export const usageGroups = pgTable(
  'usage_groups',
  {
    organizationId: uuid().notNull(),
    groupBy: usageGrouping().notNull(),
    day: date().notNull(),
    /** The token's id, or the value. */
    value: text().notNull(),
    active: bigint({ mode: 'number' }).notNull(),
    refused: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.groupBy, table.day, table.value] }),
    index('usage_groups_by_day').using('brin', table.day),
  ],
)

/**
 * The sums of an organization's weeks in UTC, written when a day of them is grouped: what lists of many organizations
 * read. They hold where all of the week's rows in usage_days are `grouped`.
 */
export const usageWeeks = pgTable(
  'usage_weeks',
  {
    organizationId: uuid().notNull(),
    /** A Monday. */
    week: date().notNull(),
    requests: bigint({ mode: 'number' }).notNull(),
    refused: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.week] }),
    index('usage_weeks_by_week').using('brin', table.week),
  ],
)

/** How often each value of one thing that a use tells came in an hour: at most 100 values, then `other`. */
const counted = { ...key, value: text().notNull(), active: integer().notNull(), refused: integer().notNull() }

export const usageEndpoints = pgTable('usage_endpoints', counted, (table) => [
  unique('usage_endpoints_key').on(table.organizationId, table.tokenId, table.hour, table.value).nullsNotDistinct(),
  index('usage_endpoints_by_hour').using('brin', table.hour),
])

export const usageResources = pgTable('usage_resources', counted, (table) => [
  unique('usage_resources_key').on(table.organizationId, table.tokenId, table.hour, table.value).nullsNotDistinct(),
  index('usage_resources_by_hour').using('brin', table.hour),
])

/** `userAgent` is the last one that came from there. */
export const usageAddresses = pgTable('usage_addresses', { ...counted, userAgent: text() }, (table) => [
  unique('usage_addresses_key').on(table.organizationId, table.tokenId, table.hour, table.value).nullsNotDistinct(),
  index('usage_addresses_by_hour').using('brin', table.hour),
])

export const usageUserAgents = pgTable('usage_user_agents', counted, (table) => [
  unique('usage_user_agents_key').on(table.organizationId, table.tokenId, table.hour, table.value).nullsNotDistinct(),
  index('usage_user_agents_by_hour').using('brin', table.hour),
])
