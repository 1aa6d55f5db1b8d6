import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { signalPostmaster, takeAllConnections, untilBack } from '#bench/outage/database'
import { outageTableOf } from '#bench/outage/report'
import { makeAdmin } from '#bench/revocation/admin'
import { openAsking } from '#bench/revocation/ask'
import { violationsOf } from '#bench/revocation/judge'
import { instant, openLedger } from '#bench/revocation/ledger'
import { type Revocation, revokeOver } from '#bench/revocation/revoke'
import { startDatabase } from '#bench/verify/database'
import { makeFixture } from '#bench/verify/fixture'
import { disposeOnSignals } from '#bench/verify/signals'
import { startTarget } from '#bench/verify/target'
import { LEASE_MS } from '#lib/verification/lease'
import { openWire } from '#lib/verification/testing/wire'

// A verifier under load while its database is stopped, killed, slow, refusing and full, every answer counted and checked.
// docs/benchmarks.md tells what; a violation is a failure. `npm run bench:outage -- [--json] [--quick]`

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
})
const TOKENS = 500
const PER_SECOND = 300
/** A lease that has run out, and what was on its way then. */
const DARK_AFTER_MS = LEASE_MS + 200
const HANGS_MS = 5_000
const BACK_WITHIN_MS = 10_000
const lasts = values.quick ? 7_000 : 10_000

await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
const { folder, database } = await startDatabase(resources)
const url = await database('outage')
const { gateway, secrets } = await makeFixture(url, { tokens: TOKENS, secretsFile: join(folder, 'secrets.txt') })
const ctx = await makeAdmin(resources, url)
const probe = postgres(url, { max: 1 })
const wire = await openWire(url, probe.options)
await probe.end()
resources.defer(wire.cut)
const env = { DATABASE_URL: wire.url, VERIFIER_NAME: 'verifier', VERIFIER_PORT: '0', HOST: '127.0.0.1' }
const target = await startTarget(resources, ['verifier.ts'], env, '0,1')
const ledger = openLedger(1, TOKENS)
const { ask, takeAnswers } = openAsking(resources, { ledger, gateway, secrets, urls: [target.url] })
ask(PER_SECOND)
await sleep(2_000)

let next = 1
const revokeSome = (count: number, seconds: number) => {
  const chosen = Array.from({ length: count }, (_, at) => next + at)
  next += count
  return revokeOver(ctx, ledger, chosen, seconds)
}

type Outage = {
  readonly begin: () => Promise<void> | void
  /** Resolves once the database is within reach again. */
  readonly end: () => Promise<void> | void
  /** Whether a desk reaches it meanwhile, and revokes. */
  readonly revokes: boolean
  /** Whether nothing can be known once the lease is out. */
  readonly dark: boolean
}

async function recovered(since: number): Promise<number | null> {
  while (instant() - since < BACK_WITHIN_MS) {
    const at = ledger.lastActive[0] ?? 0
    if (at > since) return Math.round(at - since)
    await sleep(2)
  }
  return null
}

async function suffer(name: string, { begin, end, revokes, dark }: Outage) {
  const revocations: Revocation[] = await revokeSome(5, 0.2)
  await sleep(500)
  takeAnswers()
  await begin()
  const meanwhile = revokes ? revokeSome(15, lasts / 1_000) : Promise.resolve([])
  await sleep(DARK_AFTER_MS)
  const leased = takeAnswers()
  await sleep(lasts - DARK_AFTER_MS)
  const unleased = takeAnswers()
  await end()
  const recoveryMs = await recovered(instant())
  revocations.push(...(await meanwhile))
  await sleep(1_500)
  const after = takeAnswers()
  const parts = [leased, unleased, after]
  const violations = {
    ...violationsOf(ledger, revocations, null),
    activeInTheDark: dark ? unleased.answers.active : 0,
    otherStatus: parts.reduce((sum, { answers }) => sum + answers.failed + answers.broken, 0),
    hung: parts.filter(({ longestMs }) => longestMs > HANGS_MS).length,
    notBack: recoveryMs === null ? 1 : 0,
  }
  const figures = { revocations: revocations.length, leased, unleased, after, recoveryMs, violations }
  process.stderr.write(`${name}: ${JSON.stringify(figures)}\n`)
  return figures
}

let giveBack = async () => {}
const phases = {
  stopped: await suffer('stopped', {
    async begin() {
      await signalPostmaster(url, 'SIGQUIT')
      await wire.cut()
    },
    async end() {
      await untilBack(url)
      await wire.mend()
    },
    ...{ revokes: false, dark: true },
  }),
  killed: await suffer('killed', {
    begin: () => signalPostmaster(url, 'SIGKILL'),
    end: async () => void (await untilBack(url)),
    ...{ revokes: false, dark: false },
  }),
  slow: await suffer('slow', {
    begin: () => wire.slow(() => 50 + Math.random() * 1_450),
    end: () => wire.slow(() => 0),
    ...{ revokes: true, dark: false },
  }),
  refusing: await suffer('refusing', {
    begin: () => wire.behave('refuses'),
    end: () => wire.behave('passes'),
    ...{ revokes: true, dark: true },
  }),
  full: await suffer('full', {
    async begin() {
      // The desk has its connections already.
      await Promise.all(Array.from({ length: 12 }, () => ctx.db.execute('select pg_sleep(0.2)')))
      giveBack = await takeAllConnections(url)
    },
    end: () => giveBack(),
    // A connection that becomes free may be the verifier's before it is taken.
    ...{ revokes: true, dark: false },
  }),
}
console.log(values.json ? JSON.stringify({ phases }) : outageTableOf(phases))
if (Object.values(phases).some(({ violations }) => Object.values(violations).some((count) => count > 0)))
  process.exitCode = 1
