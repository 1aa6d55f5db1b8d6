import { customType } from 'drizzle-orm/pg-core'

/** PostgreSQL's bytea as bytes. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
