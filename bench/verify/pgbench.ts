import { execFile } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { quantile } from '#bench/statistics'
import { type Figures, has } from '#bench/verify/load'
import { childrenOf, cpuMicroseconds } from '#bench/verify/target'

const run = promisify(execFile)

/** The SELECT of a token with its secret, by id. */
const SELECT = `select t.id, t.scopes, t.expires_at, t.revoked_at, s.digest from tokens t
  join token_secrets s on s.token_id = t.id and s.state = 'current' where t.id =`

/** Whether PostgreSQL's own generator is here. */
export const hasPgbench = () => has('pgbench')

/**
 * PostgreSQL alone: the point SELECT of one token with its secret, prepared, 8 clients, both cores. The CPU is that of
 * the server's processes over the same time. Without pgbench 8 connections of postgres.js in a process of its own ask.
 */
export async function loadPostgres(
  databaseUrl: string,
  options: { readonly tokens: number; readonly seconds: number; readonly secretsFile: string },
): Promise<Figures> {
  const server = await serverPid(databaseUrl)
  const before = cpuByProcess(server)
  let last = before
  // A backend is gone with its client: what it used must be read before.
  const watching = setInterval(() => {
    last = new Map([...last, ...cpuByProcess(server)])
  }, 100)
  try {
    const { requests, seconds, p50Ms, p99Ms } = await ((await hasPgbench()) ? byPgbench : byDriver)(
      databaseUrl,
      options,
    )
    const used = [...last].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0)
    return { requestsPerSecond: requests / seconds, cpuMicroseconds: used / requests, p50Ms, p99Ms }
  } finally {
    clearInterval(watching)
  }
}

const cpuByProcess = (server: number) =>
  new Map(
    childrenOf(server).flatMap((pid) => {
      try {
        return [[pid, cpuMicroseconds(pid)] as const]
      } catch {
        return []
      }
    }),
  )

async function serverPid(databaseUrl: string): Promise<number> {
  const sql = postgres(databaseUrl, { max: 1 })
  try {
    const [row] = await sql<{ file: string }[]>`select pg_read_file('postmaster.pid') as file`
    return Number(row?.file.split('\n', 1)[0])
  } finally {
    await sql.end()
  }
}

type Options = { readonly tokens: number; readonly seconds: number; readonly secretsFile: string }
type Counted = { readonly requests: number; readonly seconds: number; readonly p50Ms: number; readonly p99Ms: number }

async function byPgbench(databaseUrl: string, { tokens, seconds, secretsFile }: Options): Promise<Counted> {
  const folder = dirname(secretsFile)
  const script = join(folder, 'select.sql')
  await writeFile(script, `\\set n random(1, ${tokens})\n${SELECT} lpad((:n)::text, 16, 'T');\n`)
  const each = join(folder, 'each')
  const flags = ['-n', '-M', 'prepared', '-c', '8', '-j', '1', '-T', String(seconds)]
  await run('pgbench', [...flags, '-l', '--log-prefix', each, '-f', script, databaseUrl], {
    timeout: (seconds + 60) * 1_000,
  })
  const took: number[] = []
  for (const name of await readdir(folder)) {
    if (!name.startsWith('each.')) continue
    // One line for each: client, number, microseconds, ...
    for (const line of (await readFile(join(folder, name), 'latin1')).split('\n'))
      if (line !== '') took.push(Number(line.split(' ')[2]) / 1_000)
    await rm(join(folder, name))
  }
  return { requests: took.length, seconds, p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99) }
}

async function byDriver(databaseUrl: string, { tokens, seconds }: Options): Promise<Counted> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, SELECT }
  const { stdout } = await run(process.execPath, ['bench/verify/driver-load.ts', String(tokens), String(seconds)], {
    env,
  })
  return JSON.parse(stdout)
}
