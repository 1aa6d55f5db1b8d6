import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import postgres, { type Sql } from 'postgres'
import { joinEmbeddedDatabase } from '#db/embedded/start'
import { type Act, makeRevealRevoke, post, type RecordedActs, recordActs } from './support/acts'
import { verify } from './support/api'
import { signIn } from './support/desk'
import { dumpRows } from './support/dump-rows'
import { DEMO_PASSWORD } from './support/organization'
import { type RunningServer, startServer } from './support/start-server'
import { expect, test } from './support/test'

const ADMIN = 'admin@demo.example'
const ACTS = 1_000
const AT_ONCE = 6
const KILL_AFTER = 150

const VICTIMS = [['server'], ['database'], ['server', 'database']] as const

test(`kill -9 of server, database and both amid ${ACTS} creates, reveals and revokes loses nothing acknowledged and leaves nothing half done`, async ({
  browser,
}) => {
  test.setTimeout(240_000)
  await using resources = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'tokenry crash '))
  resources.defer(() => rm(dataDir, { recursive: true, force: true }))
  const start = async (name: string) => {
    const server = await startServer({ name: `crash-${name}`, database: { dataDir }, demo: true })
    resources.defer(() => server.stop())
    return server
  }
  let server = await start('first')
  const recorded = await recordActs(browser, server.url, ADMIN)
  for (const victims of VICTIMS)
    await test.step(victims.join(' and '), async () => {
      const { organizationId, verifier } = await verifierOf(browser, server, recorded, dataDir)
      const acts = await actUntilKilled(browser, server, recorded, { organizationId, victims, dataDir })
      await server.stop()
      server = await start(victims.join('-'))
      await expectWhole(browser, server, recorded, { acts, verifier, dataDir })
    })
  await keepForSearch(dataDir)
})

/** The admin's own requests, signed in. */
async function asAdmin(browser: Browser, { url }: RunningServer) {
  const context = await browser.newContext({ baseURL: url })
  await signIn(await context.newPage(), ADMIN, DEMO_PASSWORD)
  return { url, request: context.request, close: () => context.close() }
}

/** A new secret that may verify, from an organization token of the platform's, and the platform's id. */
async function verifierOf(browser: Browser, server: RunningServer, acts: RecordedActs, dataDir: string) {
  const desk = await asAdmin(browser, server)
  const [{ id: organizationId } = { id: '' }] = await onDatabase(
    dataDir,
    (sql) => sql<{ id: string }[]>`select id from organizations where kind = 'platform'`,
  )
  const name = `Verifier ${crypto.randomUUID()}`
  const made = await post(acts.create, desk, { organizationId, name, scopes: ['tokens:verify'] })
  const tokenId = /"id":"([0-9A-Za-z]{16})"/.exec(made ?? '')?.[1]
  const revealed = await post(acts.reveal, desk, { tokenId, key: randomBytes(16).toString('base64url') })
  await desk.close()
  const verifier = /tok_org_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}/.exec(revealed ?? '')?.[0]
  if (verifier === undefined) throw new Error('the verifier was not revealed')
  return { organizationId, verifier }
}

/** Lets several at once make, reveal and revoke until the victims are killed in the middle of it, and no answer comes. */
async function actUntilKilled(
  browser: Browser,
  server: RunningServer,
  acts: RecordedActs,
  {
    organizationId,
    victims,
    dataDir,
  }: { organizationId: string; victims: readonly ('server' | 'database')[]; dataDir: string },
): Promise<Act[]> {
  const desk = await asAdmin(browser, server)
  const postmaster = await postmasterPid(dataDir)
  const done: Act[] = []
  let acknowledged = 0
  let killed = false
  const kill = () => {
    killed = true
    if (victims.includes('database')) process.kill(postmaster, 'SIGKILL')
    return victims.includes('server') ? server.kill() : undefined
  }
  const work = async () => {
    while (!killed && acknowledged < ACTS) {
      const act: Act = { name: `Crash ${crypto.randomUUID()}` }
      done.push(act)
      const input = { organizationId, act, revokes: done.length % 2 === 0 }
      const whole = await makeRevealRevoke(acts, desk, input, () => {
        acknowledged++
        if (acknowledged === KILL_AFTER) void kill()
      })
      if (!whole) return
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  expect(acknowledged, 'it was killed in the middle').toBeGreaterThanOrEqual(KILL_AFTER)
  expect(acknowledged).toBeLessThan(ACTS)
  await desk.close()
  return done
}

async function expectWhole(
  browser: Browser,
  server: RunningServer,
  recordedActs: RecordedActs,
  { acts, verifier, dataDir }: { acts: readonly Act[]; verifier: string; dataDir: string },
): Promise<void> {
  for (const { id, secret, revoke } of acts) {
    if (id === undefined || secret === undefined) continue
    const answer = await verify(verifier, secret, server.url)
    if (revoke === 'acknowledged') expect(answer).toEqual({ active: false, reason: 'revoked' })
    else if (revoke === undefined) expect(answer).toMatchObject({ active: true, tokenId: id })
  }
  await onDatabase(dataDir, async (sql) => {
    const ids = acts.flatMap(({ id }) => (id === undefined ? [] : [id]))
    const kept = await sql`select id from tokens where id in ${sql(ids)}`
    expect(kept.length, 'each token acknowledged is there').toBe(ids.length)
    expect(await halfDone(sql), 'nothing is half done').toEqual([])
  })
  const desk = await asAdmin(browser, server)
  for (const { id, key, secret, revoke } of acts) {
    if (id === undefined || key === undefined || secret !== undefined || revoke !== undefined) continue
    // Its answer was lost: whether or not the secret was minted, the same key gets it now.
    const answer = await post(recordedActs.reveal, desk, { tokenId: id, key })
    expect(answer).toContain(`tok_org_${id}_`)
  }
  await desk.close()
}

/** Tokens whose state and trail disagree, by whichever half is missing. */
const halfDone = (sql: Sql) => sql`
  with did as (
    select target_id as id,
      count(*) filter (where action = 'token.created') as created,
      count(*) filter (where action in ('token.revealed', 'token.copied') and not details ? 'again') as revealed,
      count(*) filter (where action = 'token.revoked') - count(*) filter (where action = 'token.restored') as revoked
    from audit_events where target_type = 'token' group by target_id
  )
  select t.id, d.* from tokens t full join did d on d.id = t.id
    left join lateral (select count(*) as secrets from token_secrets s where s.token_id = t.id) s on true
  where t.id is null or d.id is null or d.created <> 1 or d.revealed <> s.secrets
    or d.revoked <> (case when t.revoked_at is null then 0 else 1 end)`

async function postmasterPid(dataDir: string): Promise<number> {
  const database = await joinEmbeddedDatabase({ dataDir: join(dataDir, 'demo') })
  if (database === undefined) throw new Error('no database runs')
  const [pid] = (await readFile(join(database.dataPath, 'postgresql/postmaster.pid'), 'utf8')).split('\n')
  await database.stop()
  return Number(pid)
}

/** Keeps what the database holds and what it printed for the search after the run. */
async function keepForSearch(dataDir: string): Promise<void> {
  const database = await joinEmbeddedDatabase({ dataDir: join(dataDir, 'demo') })
  if (database === undefined) throw new Error('no database runs')
  await dumpRows(database.url, 'crash')
  await copyFile(join(database.dataPath, 'postgresql.log'), 'test-results/crash-database.log')
  await database.stop()
}

/** Asks the embedded database beside the server that runs it. */
async function onDatabase<T>(dataDir: string, ask: (sql: Sql) => PromiseLike<T>): Promise<T> {
  const database = await joinEmbeddedDatabase({ dataDir: join(dataDir, 'demo') })
  if (database === undefined) throw new Error('no database runs')
  const sql = postgres(database.url, { max: 1, onnotice: () => {} })
  try {
    return await ask(sql)
  } finally {
    await sql.end()
    await database.stop()
  }
}
