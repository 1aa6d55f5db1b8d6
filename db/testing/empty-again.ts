import postgres from 'postgres'

/** What a database that was only just migrated is, and the statements that give it back the rows it had. */
export type Origin = { readonly shape: string; readonly restore: string }

const CATALOGS = ['attrdef', 'attribute', 'class', 'constraint', 'enum', 'extension', 'index', 'namespace', 'policy']

/** Changes with all that is no row of ours: tables, columns, indexes, triggers, functions, rights and settings. */
const SHAPE = `select jsonb_build_array(
  (select jsonb_agg(to_jsonb(m) order by m.id) from drizzle.__drizzle_migrations m),
  (select count(*) from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase where datname = current_database()),
  ${[...CATALOGS, 'proc', 'rewrite', 'trigger', 'type']
    .map((name) => `(select jsonb_build_array(count(*), max(xmin::text::bigint)) from pg_${name})`)
    .join(', ')})::text as shape`

/** Reads what a database that was only just migrated is. */
export async function readOrigin(url: string): Promise<Origin> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [found] = await sql.unsafe(SHAPE)
    return { shape: String(found?.['shape']), restore: await readRows(sql) }
  } finally {
    await sql.end()
  }
}

/** The statements that give any database of the same shape the rows and counters that this one has, and no others. */
export async function readRows(sql: postgres.Sql): Promise<string> {
  const tables = await sql<{ name: string; columns: string }[]>`
    select quote_ident(relname) as name, string_agg(quote_ident(attname), ', ' order by attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where relnamespace = 'public'::regnamespace and relkind = 'r'
        and attnum > 0 and not attisdropped and attgenerated = '' group by c.oid`
  const filled: string[] = []
  for (const { name, columns } of tables) {
    const [row] = await sql.unsafe(`select quote_literal(json_agg(to_json(t))::text) as rows from ${name} t`)
    if (row?.['rows'] != null)
      filled.push(`insert into ${name} (${columns}) overriding system value
        select ${columns} from json_populate_recordset(null::${name}, ${row['rows']})`)
  }
  const counters =
    await sql`select quote_literal(quote_ident(sequencename)) as name, coalesce(last_value, start_value) as value,
    last_value is not null as called from pg_sequences where schemaname = 'public'`
  return [
    // So that neither what only ever grows nor what refers to others refuses.
    'set session_replication_role = replica',
    ...tables.map(({ name }) => `delete from ${name}`),
    ...filled,
    ...counters.map(({ name, value, called }) => `select setval(${name}, ${value}, ${called})`),
  ].join(';\n')
}

const END_OTHERS = `select coalesce(bool_and(pg_terminate_backend(pid, 5000)), true) as ended from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`

/** A connection to empty a database with, again and again: a new one takes ten times as long. */
export const openEmptier = (url: string) => postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })

/**
 * Ends whoever else is connected to a database and gives it back the rows that it had; false if it is no longer what it
 * was in anything else, or has grown.
 */
export async function emptyAgain(emptier: postgres.Sql, { shape, restore }: Origin): Promise<boolean> {
  try {
    const [others] = await emptier.unsafe(END_OTHERS)
    if (others?.['ended'] !== true) return false
    await emptier.unsafe(restore)
    const [found] = await emptier.unsafe(`${SHAPE}, pg_database_size(current_database()) < 14000000 as is_small`)
    return found?.['shape'] === shape && found?.['is_small'] === true
  } catch (error) {
    // It may be anything by now, gone too.
    if (error instanceof postgres.PostgresError) return false
    throw error
  }
}
