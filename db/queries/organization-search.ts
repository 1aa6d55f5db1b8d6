import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'

/**
 * Organizations by name or slug: those of the given ids first, then those below any of `administered`; names that begin
 * with the text before others. What is closed, itself or by one above, is left out. Leans on organizations_path and the
 * primary key, and sorts what it finds.
 */
export async function searchOrganizations(
  db: Queryable,
  {
    own,
    administered,
    text,
    limit,
  }: {
    readonly own: readonly string[]
    readonly administered: readonly string[]
    readonly text: string
    readonly limit: number
  },
): Promise<string[]> {
  const pattern = text.replace(/[\\%_]/g, '\\$&')
  const rows = await db.execute<{ id: string }>(sql`
    select o.id from organizations o
    where (o.id = any(${uuids(own)}) or o.path && ${uuids(administered)})
      and (lower(o.name) like lower(${`%${pattern}%`}) or o.slug like lower(${`%${pattern}%`}))
      and not exists (select from organizations above where above.id = any(o.path) and above.closed_at is not null)
    order by o.id = any(${uuids(own)}) desc, lower(o.name) like lower(${`${pattern}%`}) desc, cardinality(o.path),
      lower(o.name), o.id
    limit ${limit}`)
  return rows.map(({ id }) => id)
}

const uuids = (ids: readonly string[]): SQL => sql`${`{${ids.join(',')}}`}::uuid[]`
