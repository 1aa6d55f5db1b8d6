import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { makeAdmin } from '#bench/revocation/admin'
import { openAsking } from '#bench/revocation/ask'
import { type Silence, summaryOf, violationsOf } from '#bench/revocation/judge'
import { instant, openLedger } from '#bench/revocation/ledger'
import { tableOf } from '#bench/revocation/report'
import { type Revocation, revokeOver } from '#bench/revocation/revoke'
import { startDatabase } from '#bench/verify/database'
import { makeFixture } from '#bench/verify/fixture'
import { disposeOnSignals } from '#bench/verify/signals'
import { startTarget } from '#bench/verify/target'
import { openWire } from '#lib/verification/testing/wire'

// Revocations under load, each with its proof, and every answer checked against that: three verifiers, quiet, saturated,
// one stopped, one cut off without noticing, one killed. docs/benchmarks.md tells what is counted; a violation is a
// failure. `npm run bench:revocation -- [--json] [--quick] [--revocations 1000]`

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    revocations: { type: 'string' },
  },
})
const wanted = Number(values.revocations ?? (values.quick ? 200 : 1_000))
const tokens = Math.max(2_000, 2 * wanted)
const STEADY = 300
const ANY_CORE = '0,1'
const say = (line: string) => process.stderr.write(`${line}\n`)

await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
const { folder, database } = await startDatabase(resources)
const url = await database('revocation')
const { gateway, secrets } = await makeFixture(url, { tokens, secretsFile: join(folder, 'secrets.txt') })
const ctx = await makeAdmin(resources, url)
const probe = postgres(url, { max: 1 })
resources.defer(() => probe.end())
const wire = await openWire(url, probe.options)
resources.defer(wire.cut)
const [first, stopped, wired] = await Promise.all([
  startVerifier('verifier-1', url),
  startVerifier('verifier-2', url),
  startVerifier('verifier-3', wire.url),
])
const ledger = openLedger(3, tokens)
const { ask, takeAnswers } = openAsking(resources, {
  ...{ ledger, gateway, secrets },
  urls: [first, stopped, wired].map((target) => target.url),
})

function startVerifier(name: string, databaseUrl: string) {
  const env = { DATABASE_URL: databaseUrl, VERIFIER_NAME: name, VERIFIER_PORT: '0', HOST: '127.0.0.1' }
  return startTarget(resources, ['verifier.ts'], env, ANY_CORE)
}

let next = 1
const all: Revocation[] = []

/** Revokes a part of what is wanted under load; `disturb` makes one verifier silent after a second, and resolves when that is over. */
async function run(
  name: string,
  phase: { readonly part: number; readonly seconds: number; readonly perSecond?: number | null },
  disturb?: (silent: (silence: Silence) => void) => Promise<void>,
) {
  const { perSecond = STEADY, seconds } = phase
  ask(perSecond)
  await sleep(1_000)
  takeAnswers()
  let silence: Silence = null
  const count = Math.round(wanted * phase.part)
  const chosen = Array.from({ length: count }, (_, at) => next + at)
  next += count
  const disturbed = sleep(1_000).then(() => disturb?.((given) => (silence = given)))
  const revocations = await revokeOver(ctx, ledger, chosen, seconds)
  await disturbed
  // What was held up comes now.
  await sleep(1_500)
  all.push(...revocations)
  const figures = { ...summaryOf(revocations), ...violationsOf(ledger, revocations, silence), ...takeAnswers() }
  say(`${name}: ${JSON.stringify(figures)}`)
  return figures
}

const long = values.quick ? 0.2 : 1
const silenceMs = values.quick ? 6_500 : 10_000
const swallowMs = values.quick ? 7_000 : 15_000
const phases = {
  steady: await run('steady', { part: 0.4, seconds: 40 * long }),
  saturated: await run('saturated', { part: 0.2, seconds: 25 * long, perSecond: null }),
  stopped: await run('stopped', { part: 0.15, seconds: silenceMs / 1_000 + 2 }, async (silent) => {
    process.kill(stopped.pid, 'SIGSTOP')
    silent({ name: 'verifier-2', since: instant() })
    await sleep(silenceMs)
    process.kill(stopped.pid, 'SIGCONT')
  }),
  swallowed: await run('swallowed', { part: 0.15, seconds: swallowMs / 1_000 + 4 }, async (silent) => {
    wire.behave('silent')
    silent({ name: 'verifier-3', since: instant() })
    await sleep(swallowMs)
    wire.behave('passes')
  }),
  killed: await run('killed', { part: 0.1, seconds: 12 * long }, async (silent) => {
    process.kill(stopped.pid, 'SIGKILL')
    silent({ name: 'verifier-2', since: instant() })
  }),
}
ask(STEADY)
await sleep(values.quick ? 1_000 : 5_000)
const violations = violationsOf(ledger, all, null)
console.log(values.json ? JSON.stringify({ phases, violations }) : tableOf(phases, violations))
if ([violations, ...Object.values(phases)].some((each) => each.worstMs > 0 || each.silentUnnamed > 0))
  process.exitCode = 1
