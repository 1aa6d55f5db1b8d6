import { pgTable, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { organizations } from '#db/schema/organizations'
import { role } from '#db/schema/users'

/** API users: identities without a person, each in one organization. */
export const serviceAccounts = pgTable(
  'service_accounts',
  {
    id: uuid().primaryKey().defaultRandom(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    nameKey: text().notNull(),
    role: role().notNull(),
    scopes: text().array().notNull(),
    /** Devices that its rights are narrowed to; null: not narrowed. */
    devices: text().array(),
    disabledAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('service_accounts_name').on(table.organizationId, table.nameKey),
    // Lets tokens prove by foreign key that their organization is their API user's.
    unique('service_accounts_in_organization').on(table.id, table.organizationId),
  ],
)
