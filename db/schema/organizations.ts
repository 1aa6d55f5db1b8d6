import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { tiers } from '#db/schema/tiers'

export const organizationKind = pgEnum('organization_kind', ['platform', 'reseller', 'customer'])
export const revealPolicy = pgEnum('reveal_policy', ['anytime', 'once'])
export const deletePolicy = pgEnum('delete_policy', ['any', 'revoked-only'])

/** The tree of tenants. `path` (root first, itself last) is kept by a trigger; an organization never moves. */
export const organizations = pgTable(
  'organizations',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: organizationKind().notNull(),
    parentId: uuid().references((): AnyPgColumn => organizations.id),
    path: uuid().array().notNull().default(sql`'{}'`),
    slug: text().notNull(),
    name: text().notNull(),
    /** E-mail address or URL, for those who are told to ask this organization. */
    contact: text(),
    tierId: uuid().references(() => tiers.id),
    tokenLimitOverride: integer(),
    revealPolicy: revealPolicy().notNull().default('once'),
    deletePolicy: deletePolicy().notNull().default('revoked-only'),
    /** null: none */
    longestLifetimeDays: integer(),
    neverExpiringAllowed: boolean().notNull().default(true),
    suspendedAt: timestamp({ withTimezone: true }),
    closedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('organizations_one_platform').on(table.kind).where(sql`${table.kind} = 'platform'`),
    // A closed organization keeps its slug, so that no link ever leads to another tenant.
    uniqueIndex('organizations_slug').on(table.slug),
    // Subtrees: path @> array[ancestor].
    index('organizations_path').using('gin', table.path),
    index('organizations_parent').on(table.parentId),
    check('organizations_platform_is_root', sql`(${table.kind} = 'platform') = (${table.parentId} is null)`),
    check('organizations_platform_has_no_tier', sql`(${table.kind} = 'platform') = (${table.tierId} is null)`),
    check('organizations_not_own_parent', sql`${table.parentId} <> ${table.id}`),
    check('organizations_slug_form', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.slug}) <= 63`),
    check('organizations_limit_positive', sql`${table.tokenLimitOverride} >= 0`),
    check('organizations_lifetime_positive', sql`${table.longestLifetimeDays} > 0`),
  ],
)

/** The loosest that any organization's policies may become: one row, set by the platform. */
export const policyCeilings = pgTable(
  'policy_ceilings',
  {
    onlyRow: boolean().primaryKey().default(true),
    revealPolicy: revealPolicy().notNull().default('anytime'),
    deletePolicy: deletePolicy().notNull().default('any'),
    longestLifetimeDays: integer(),
    neverExpiringAllowed: boolean().notNull().default(true),
  },
  (table) => [
    check('policy_ceilings_only_row', sql`${table.onlyRow}`),
    check('policy_ceilings_lifetime_positive', sql`${table.longestLifetimeDays} > 0`),
  ],
)
