import { hash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import postgres, { type Sql } from 'postgres'
import { onTestFinished } from 'vitest'
import { copyOut } from '#db/backup/copy'
import { writeBackup } from '#db/backup/write'

export const BACKED_UP_AT = new Date('2026-11-22T12:30:00.000Z')

/** Looks at a database past all rules, until the test is over. */
export function openSql(url: string): Sql {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(() => sql.end())
  return sql
}

/** A file name in a folder of this test's own. */
export async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenry-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'one.backup.gz')
}

/** A backup of that database in a file of this test's own. */
export async function backUp(url: string): Promise<string> {
  const path = await newFile()
  await writeBackup(url, path, { now: BACKED_UP_AT })
  return path
}

/** The same backup with its text changed, and a checksum that is right again: as somebody would who means to. */
export async function forge(path: string, change: (text: string) => string): Promise<string> {
  const text = gunzipSync(await readFile(path)).toString()
  const end = text.lastIndexOf('\n', text.length - 2) + 1
  const body = change(text.slice(0, end))
  const tail = JSON.parse(text.slice(end))
  const forged = await newFile()
  await writeFile(forged, gzipSync(`${body}${JSON.stringify({ ...tail, sha256: hash('sha256', body) })}\n`))
  return forged
}

/** Every table as COPY writes it, sorted, but for those named. */
export async function copies(sql: Sql, without: readonly string[] = []): Promise<Map<string, string[]>> {
  const tables = await sql<{ name: string }[]>`select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`
  const copied = new Map<string, string[]>()
  for (const { name } of tables) {
    if (without.includes(name)) continue
    let text = ''
    for await (const chunk of copyOut(sql`copy ${sql(name)} to stdout`)) text += chunk
    copied.set(name, text.split('\n').slice(0, -1).toSorted())
  }
  return copied
}
