import postgres from 'postgres'

/** The same server's URL with another database. */
export function withDatabase(url: string, name: string): string {
  const [head = '', query] = url.split('?')
  return `${head.replace(/\/[^/]*$/, `/${name}`)}${query === undefined ? '' : `?${query}`}`
}

/** Makes a database, as a copy of `template` if given. Nobody may be connected to the template. */
export async function createDatabase(url: string, name: string, template?: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await (template === undefined
      ? sql`create database ${sql(name)}`
      : sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`)
  } finally {
    await sql.end()
  }
}

/** Drops a database, ending whoever is still connected. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`drop database if exists ${sql(name)} with (force)`
  } finally {
    await sql.end()
  }
}

/**
 * Spares a server what tests don't need: what they wrote need not outlive the machine, nobody guesses its password, and
 * no database lives long enough to be cleaned up.
 */
export async function spareServer(url: string): Promise<void> {
  const set = async (...settings: string[]) => {
    const sql = postgres(url, { max: 1 })
    try {
      for (const setting of settings) await sql.unsafe(setting)
    } finally {
      await sql.end()
    }
  }
  const { username, password } = new URL(url.replace(/@.*/, '@localhost'))
  await set(
    'alter system set fsync = off',
    'alter system set full_page_writes = off',
    'alter system set autovacuum = off',
    'alter system set scram_iterations = 1',
    'select pg_reload_conf()',
  )
  // By another session, which has heard of the settings.
  await set(`alter role "${username}" password '${decodeURIComponent(password)}'`)
}
