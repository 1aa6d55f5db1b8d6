import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organizations } from '#db/schema/organizations'

/** Resources that rights can be narrowed to, each registered in one organization: `device:<id>` in verification. */
export const devices = pgTable(
  'devices',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    /** As the platform's services know it. */
    id: text().notNull(),
    name: text().notNull(),
    nameKey: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    // The list, by name.
    index('devices_by_name').on(table.organizationId, table.nameKey, table.id),
    check('devices_id_form', sql`${table.id} ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'`),
  ],
)
