import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgEnum, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { bytea } from '#db/schema/bytea'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'

export const reportFormat = pgEnum('report_format', ['pdf', 'csv'])
export const reportState = pgEnum('report_state', ['waiting', 'running', 'done', 'failed', 'cancelled'])

/** Reports that people asked for on the screen; kept for 30 days, whatever became of them. */
export const reports = pgTable(
  'reports',
  {
    id: uuid().primaryKey().defaultRandom(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    requestedBy: uuid()
      .notNull()
      .references(() => users.id),
    format: reportFormat().notNull(),
    /** Of what period; `until` is not part of it. */
    since: timestamp({ withTimezone: true }).notNull(),
    until: timestamp({ withTimezone: true }).notNull(),
    /** By whose days it is told, an IANA name. */
    timeZone: text().notNull(),
    state: reportState().notNull().default('waiting'),
    /** From 0 to 100. */
    progress: integer().notNull().default(0),
    /** Of the whole file; null until it is done. */
    bytes: bigint({ mode: 'number' }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    startedAt: timestamp({ withTimezone: true }),
    finishedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index('reports_by_created').on(table.organizationId, table.createdAt, table.id),
    check('reports_period', sql`${table.since} < ${table.until}`),
    check('reports_progress', sql`${table.progress} between 0 and 100`),
    check('reports_done_has_bytes', sql`(${table.state} = 'done') = (${table.bytes} is not null)`),
    check(
      'reports_finished',
      sql`(${table.state} in ('done', 'failed', 'cancelled')) = (${table.finishedAt} is not null)`,
    ),
  ],
)

/** The file of a report, piece by piece, so that neither writing nor sending it needs it whole. */
export const reportParts = pgTable(
  'report_parts',
  {
    reportId: uuid()
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    nth: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.nth] })],
)
