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
const KILL_AFTER = 300

test.describe.configure({ mode: 'serial' })

let dataDir: string
let recorded: RecordedActs | undefined

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tokenry crash '))
})
test.afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true })
})

for (const victims of [['server'], ['database'], ['server', 'database']] as const)
  test(`kill -9 of ${victims.join(' and ')} amid ${ACTS} creates, reveals and revokes loses nothing acknowledged and leaves nothing half done`, async ({
    browser,
  }) => {
    test.setTimeout(240_000)
    const start = () => startServer({ name: `crash-${victims.join('-')}`, database: { dataDir }, demo: true })
    const first = await start()
    recorded ??= await recordActs(browser, first.url, ADMIN)
    const { organizationId, verifier } = await verifierOf(browser, first, recorded)
    const acts = await actUntilKilled(browser, first, recorded, { organizationId, victims })
    await first.stop()

    const second = await start()
    try {
      await expectWhole(browser, second, recorded, { acts, verifier })
      await keepForSearch()
    } finally {
      await second.stop()
    }
  })

/** The admin's own requests, signed in. */
async function asAdmin(browser: Browser, { url }: RunningServer) {
  const context = await browser.newContext({ baseURL: url })
  await signIn(await context.newPage(), ADMIN, DEMO_PASSWORD)
  return { url, request: context.request, close: () => context.close() }
}

/** A new secret that may verify, from an organization token of the platform's, and the platform's id. */
async function verifierOf(browser: Browser, server: RunningServer, acts: RecordedActs) {
  const desk = await asAdmin(browser, server)
  const [{ id: organizationId } = { id: '' }] = await onDatabase(
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
  { organizationId, victims }: { organizationId: string; victims: readonly ('server' | 'database')[] },
): Promise<Act[]> {
  const desk = await asAdmin(browser, server)
  const postmaster = await postmasterPid()
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
  { acts, verifier }: { acts: readonly Act[]; verifier: string },
): Promise<void> {
  for (const { id, secret, revoke } of acts) {
    if (id === undefined || secret === undefined) continue
    const answer = await verify(verifier, secret, server.url)
    if (revoke === 'acknowledged') expect(answer).toEqual({ active: false, reason: 'revoked' })
    else if (revoke === undefined) expect(answer).toMatchObject({ active: true, tokenId: id })
  }
  await onDatabase(async (sql) => {
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

async function postmasterPid(): Promise<number> {
  const database = await joinEmbeddedDatabase({ dataDir: join(dataDir, 'demo') })
  if (database === undefined) throw new Error('no database runs')
  const [pid] = (await readFile(join(database.dataPath, 'postgresql/postmaster.pid'), 'utf8')).split('\n')
  await database.stop()
  return Number(pid)
}

/** Keeps what the database holds and what it printed for the search after the run. */
async function keepForSearch(): Promise<void> {
  const database = await joinEmbeddedDatabase({ dataDir: join(dataDir, 'demo') })
  if (database === undefined) throw new Error('no database runs')
  await dumpRows(database.url, 'crash')
  await copyFile(join(database.dataPath, 'postgresql.log'), 'test-results/crash-database.log')
  await database.stop()
}

/** Asks the embedded database beside the server that runs it. */
async function onDatabase<T>(ask: (sql: Sql) => PromiseLike<T>): Promise<T> {
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
