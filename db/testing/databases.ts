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
      : sql`create database ${sql(name)} template ${sql(template)}`)
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

/** Lets a server no longer wait for the disk: what tests wrote need not outlive the machine. */
export async function dontWaitForDisk(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 })
  try {
    await sql`alter system set fsync = off`
    await sql`alter system set full_page_writes = off`
    await sql`select pg_reload_conf()`
  } finally {
    await sql.end()
  }
}
