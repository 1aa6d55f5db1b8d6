import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { databaseAccount } from '#db/embedded/account'
import { prepareFolder } from '#db/embedded/folder'
import { findPostmaster } from '#db/embedded/postmaster'
import { joinEmbeddedDatabase, startEmbeddedDatabase } from '#db/embedded/start'

// A disk that others keep busy makes PostgreSQL wait for it.
vi.setConfig({ testTimeout: 60_000 })

type Server = { readonly process: ChildProcess; readonly url: string }

let dataDir: string
let dataPath: string
const servers: ChildProcess[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tokenry lifetime '))
  const files = await prepareFolder(dataDir, await databaseAccount())
  dataPath = files.folder
  // As an initdb that was killed half-way leaves it.
  await mkdir(join(dataPath, 'initdb-killed', 'postgresql'), { recursive: true })
})

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => end(server, 'SIGKILL')))
  await untilGone()
})

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true })
  await rm(dataPath, { recursive: true, force: true })
})

async function server(): Promise<Server> {
  const script = fileURLToPath(new URL('./testing/server.ts', import.meta.url))
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  servers.push(child)
  const [line] = await once(child.stdout, 'data')
  return { process: child, url: JSON.parse(String(line)).url }
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill(signal)
  await once(server, 'exit')
}

const postmaster = () => findPostmaster(join(dataPath, 'postgresql'))
const untilGone = () => vi.waitFor(async () => expect(await postmaster()).toBeUndefined(), 30_000)

async function query(url: string, text: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [row] = await sql.unsafe(text)
    return row?.['answer']
  } finally {
    await sql.end()
  }
}

test('two servers that start at the same moment on an empty folder share one database', async () => {
  const [one, other] = await Promise.all([server(), server()])
  expect(one.url).toBe(other.url)
  expect(await query(one.url, 'create table kept as select 7 as number')).toBeUndefined()
  expect(await query(other.url, 'select number as answer from kept')).toBe(7)
})

test('data, URL and secrets are the same at the next start, and the secrets are for their owner alone', async () => {
  const before = await readFile(join(dataPath, 'secrets.json'), 'utf8')
  const database = await startEmbeddedDatabase({ dataDir, say: () => {} })
  onTestFinished(() => database.stop())
  expect(await query(database.url, 'select number as answer from kept')).toBe(7)
  await database.stop()
  expect(await readFile(join(dataPath, 'secrets.json'), 'utf8')).toBe(before)
  expect((await stat(join(dataPath, 'secrets.json'))).mode & 0o777).toBe(0o600)
  expect(database.secrets).toEqual({
    authSecret: JSON.parse(before).authSecret,
    sealKeys: JSON.parse(before).sealKeys,
  })
})

test('stop returns when the database is gone', async () => {
  const { process } = await server()
  expect(await postmaster()).toBeDefined()
  await end(process, 'SIGTERM')
  expect(await postmaster()).toBeUndefined()
})

test('a killed server leaves no database behind, and the next start does not wait for one to die', async () => {
  const killed = await server()
  await end(killed.process, 'SIGKILL')
  const next = await server()
  expect(await query(next.url, 'select number as answer from kept')).toBe(7)
  await end(next.process, 'SIGKILL')
  await untilGone()
})

test('the database stays for a second server when the one that started it is killed', async () => {
  const first = await server()
  const joined = await joinEmbeddedDatabase({ dataDir })
  onTestFinished(() => joined?.stop())
  const before = await postmaster()
  await end(first.process, 'SIGKILL')
  const third = await server()
  await end(third.process, 'SIGTERM')
  expect(await query(joined?.url ?? '', 'select number as answer from kept')).toBe(7)
  expect(await postmaster()).toEqual(before)
  await joined?.stop()
  expect(await postmaster()).toBeUndefined()
  expect(await joinEmbeddedDatabase({ dataDir })).toBeUndefined()
})

test('a database that was killed under its server is started again under the same URL', async () => {
  const { url } = await server()
  const killed = await postmaster()
  process.kill(killed?.pid ?? Number.NaN, 'SIGKILL')
  await vi.waitFor(async () => expect(await query(url, 'select number as answer from kept')).toBe(7), 30_000)
  expect((await postmaster())?.pid).not.toBe(killed?.pid)
})

test('a process that has got the number of a dead database is not taken for it', async () => {
  await writeFile(join(dataPath, 'postgresql/postmaster.pid'), `${process.pid}\n${dataPath}\n`)
  expect(await postmaster()).toBeUndefined()
  const { url } = await server()
  expect(await query(url, 'select number as answer from kept')).toBe(7)
})
