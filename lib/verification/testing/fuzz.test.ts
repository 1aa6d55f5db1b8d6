import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { fuzzOverHttp, residentMiB } from '#lib/verification/testing/fuzz-http'
import { Finding, fuzzOnce } from '#lib/verification/testing/fuzz-in-process'
import { client } from '#lib/verification/testing/http'
import { MADE_AT, openWorld } from '#lib/verification/testing/world'

// `npm run fuzz` says how many and from which seed; in a test run they are few, and always the same.
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
const IN_PROCESS = Number(process.env['FUZZ_IN_PROCESS'] ?? 30_000)
const HTTP = Number(process.env['FUZZ_HTTP'] ?? 600)
const IS_LONG = process.env['FUZZ_SEED'] !== undefined
const PATIENCE = { timeout: IS_LONG ? 6 * 3_600_000 : 60_000 }

const told = (what: string, counts: ReadonlyMap<string, number>) => {
  if (!IS_LONG) return
  const lines = [...counts]
    .sort(([one], [two]) => one.localeCompare(two))
    .map(([name, count]) => `${String(count).padStart(10)}  ${name}`)
  process.stdout.write(`\n${what}\n${lines.join('\n')}\n`)
}

function heapMiB(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for (let times = 0; times < 3; times++) collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

test.skipIf(IN_PROCESS === 0)(
  'whatever is read and judged in this process is read and judged as the contract says, and nothing of it is kept',
  PATIENCE,
  () => {
    const counts = new Map<string, number>()
    let atFirst = 0
    for (let index = 0; index < IN_PROCESS; index++) {
      if (index === Math.floor(IN_PROCESS / 10)) atFirst = heapMiB()
      try {
        const what = fuzzOnce(SEED, index)
        counts.set(what, (counts.get(what) ?? 0) + 1)
      } catch (error) {
        const what = error instanceof Finding ? error.message : error
        throw new Error(`seed ${SEED}, case ${index}: ${what}`, { cause: error })
      }
    }
    const atLast = heapMiB()
    told(`${IN_PROCESS} in process; heap ${atFirst.toFixed(1)} MiB at a tenth, ${atLast.toFixed(1)} at the end`, counts)
    expect(counts.get('decide: active')).toBeGreaterThan(IN_PROCESS / 200)
    expect(atLast - atFirst).toBeLessThan(8)
  },
)

/** `npm run verifier` on that database. */
async function runVerifier(databaseUrl: string) {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    VERIFIER_PORT: '0',
    HOST: '127.0.0.1',
    TOKEN_PREFIX: 'tok,old',
  }
  const child = spawn('node', ['verifier.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output = (output + chunk).slice(0, 10_000)
  })
  await expect.poll(() => output, { timeout: 15_000 }).toMatch(/ready at \S+:\d+/)
  return { pid: child.pid ?? 0, port: Number(/ready at \S+:(\d+)/.exec(output)?.[1]) }
}

test.skipIf(HTTP === 0)(
  'whatever is sent to a verifier is answered in time, without a failure, and active only for a good secret',
  PATIENCE,
  async () => {
    const { url, sql, ready, mint, addToken, addUser, addApiUser, organizations: at } = await openWorld()
    const gateway = await ready({ organizationId: at.northwind }, { scopes: ['tokens:verify'] })
    const user = await addUser({ [at.alder]: 'admin', [at.cedar]: 'viewer' })
    const good = [
      await ready({ organizationId: at.alder }),
      await ready({ organizationId: at.northwind }),
      await ready({ organizationId: at.birch }, { devices: ['1'] }),
      await ready({ organizationId: at.alder }, { ipRanges: ['10.0.0.0/8', '::/0'] }),
      await ready({ userId: user }),
      await ready({ organizationId: at.alder, serviceAccountId: await addApiUser(at.alder, 'admin', ['data:read']) }),
    ] as const
    const disabled = await addApiUser(at.alder, 'admin', ['data:read'])
    await sql`update service_accounts set disabled_at = now() where id = ${disabled}`
    const retiring = await addToken({ organizationId: at.alder })
    const wiped = await ready({ organizationId: at.alder })
    await sql`delete from token_secrets where token_id = ${wiped.id}`
    const bad = [
      (await ready({ organizationId: at.alder }, { revokedAt: MADE_AT })).secret,
      (await ready({ organizationId: at.alder }, { expiresAt: MADE_AT })).secret,
      (await ready({ organizationId: at.southgate })).secret,
      (await ready({ organizationId: at.alder, serviceAccountId: disabled })).secret,
      await mint(retiring, { retiresAt: MADE_AT }),
      wiped.secret,
    ].map((secret) => secret.reveal())
    await sql`update organizations set suspended_at = now() where slug = 'southgate'`

    const { pid, port } = await runVerifier(url)
    const asker = client(`http://127.0.0.1:${port}`, gateway.secret)
    let atFirst = 0
    const [first = '', ...others] = bad
    const counts = await fuzzOverHttp({
      ...{ target: { host: '127.0.0.1', port }, seed: SEED, count: HTTP },
      material: {
        good: [good[0].secret.reveal(), ...good.slice(1).map(({ secret }) => secret.reveal())],
        gateway: gateway.secret.reveal(),
        bad: [first, ...others],
      },
      known: new Map([...good, gateway].map(({ id, secret }) => [id, secret.reveal()])),
      async between(done) {
        expect(await asker.verify(good[0].secret), 'a good token').toMatchObject({ active: true, tokenId: good[0].id })
        if (atFirst === 0 && done >= HTTP / 10) atFirst = await residentMiB(pid)
      },
    })
    const atLast = await residentMiB(pid)
    told(`${HTTP} over HTTP; resident ${atFirst.toFixed(0)} MiB at a tenth, ${atLast.toFixed(0)} at the end`, counts)
    expect(counts.get('200 active')).toBeGreaterThan(HTTP / 100)
    if (IS_LONG) expect(atLast).toBeLessThan(atFirst * 1.5 + 32)
  },
)
