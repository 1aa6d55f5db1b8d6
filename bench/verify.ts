import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { median } from '#bench/statistics'
import { startDatabase } from '#bench/verify/database'
import { makeFixture } from '#bench/verify/fixture'
import { check, type Figures, has, load } from '#bench/verify/load'
import { hasPgbench, loadPostgres } from '#bench/verify/pgbench'
import { type Results, reportOf } from '#bench/verify/report'
import { disposeOnSignals } from '#bench/verify/signals'
import { startTarget, type Target } from '#bench/verify/target'

// The verifier beside its peers: one generator, one machine, 100,000 different tokens, the same requests for all, in
// turn. docs/benchmarks.md tells what each target does. `npm run bench:verify -- [--json] [--quick] [--rounds 5]
// [--seconds 6] [--tokens 100000]`

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    tokens: { type: 'string', default: '100000' },
  },
})
const HTTP = ['floor', 'verifier', 'cold', 'betterAuth', 'fastify'] as const
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5))
const seconds = Number(values.seconds ?? (values.quick ? 2 : 6))
const tokens = Number(values.tokens)
const say = (line: string) => process.stderr.write(`${line}\n`)

await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
const wrk = await has('wrk')
say(
  `Generator: ${wrk ? 'wrk' : 'our own over sockets'}; for PostgreSQL: ${(await hasPgbench()) ? 'pgbench' : 'postgres.js'}.`,
)
say(`Node ${process.version}, ${rounds} rounds of ${seconds} s, ${tokens} tokens. PostgreSQL may use both cores.`)
const { folder, database } = await startDatabase(resources)
const secretsFile = join(folder, 'secrets.txt')
const ours = await database('ours')
const { gateway, secrets } = await makeFixture(ours, { tokens, secretsFile })
const theirs = await database('theirs')
await promisify(execFile)(process.execPath, ['bench/verify/better-auth.ts', '--prepare'], {
  env: { ...process.env, DATABASE_URL: theirs, SECRETS: secretsFile },
})

const start = (command: string, env: Readonly<Record<string, string>>) => startTarget(resources, [command], env)
const verifier = (cache: Readonly<Record<string, string>>) =>
  start('verifier.ts', { DATABASE_URL: ours, VERIFIER_PORT: '0', HOST: '127.0.0.1', ...cache })
const cached = await verifier({ FACTS_CACHE_ENTRIES: String(tokens * 2) })
const answerBytes = await check(cached, gateway, secrets)
const targets = {
  floor: await start('bench/verify/floor.ts', { ANSWER_BYTES: String(answerBytes) }),
  verifier: cached,
  cold: await verifier({ FACTS_CACHE_ENTRIES: '0' }),
  betterAuth: await start('bench/verify/better-auth.ts', { DATABASE_URL: theirs }),
  fastify: await start('bench/verify/fastify.ts', { SECRETS: secretsFile }),
}

async function round(name: string, target: Target, seconds: number) {
  try {
    return await load(target, { seconds, secretsFile, wrk })
  } catch (cause) {
    throw new Error(`${name} failed under load`, { cause })
  }
}

// What Node compiles is compiled, and whatever keeps facts has seen each token, before anything is measured.
for (const [name, target] of Object.entries(targets)) await round(name, target, values.quick ? 1 : 3)
let asked = 0
for (let long = 3; asked < tokens && long < 40; long *= 2) asked = (await round('verifier', cached, long)).requests
if (asked < tokens) say(`The verifier was too slow to be asked about more than ${asked} tokens before it is measured.`)
const taken: Record<keyof Results, Figures[]> = {
  floor: [],
  verifier: [],
  cold: [],
  postgres: [],
  betterAuth: [],
  fastify: [],
}
for (let at = 1; at <= rounds; at++) {
  for (const name of HTTP) {
    const figures = await round(name, targets[name], seconds)
    taken[name].push(figures)
    say(`round ${at}: ${name} ${figures.requestsPerSecond.toFixed(0)}/s, ${figures.cpuMicroseconds?.toFixed(1)} µs`)
  }
  const figures = await loadPostgres(ours, { tokens, seconds, secretsFile })
  taken.postgres.push(figures)
  say(`round ${at}: postgres ${figures.requestsPerSecond.toFixed(0)}/s, ${figures.cpuMicroseconds?.toFixed(1)} µs`)
}
for (const target of Object.values(targets)) await check(target, gateway, secrets)

const middle = (figures: readonly Figures[]): Figures => {
  const of = (part: (each: Figures) => number) => median(figures.map(part))
  return {
    requestsPerSecond: of((each) => each.requestsPerSecond),
    cpuMicroseconds: of((each) => each.cpuMicroseconds ?? Number.NaN),
    p50Ms: of((each) => each.p50Ms),
    p99Ms: of((each) => each.p99Ms),
  }
}
const results = {
  floor: middle(taken.floor),
  verifier: middle(taken.verifier),
  cold: middle(taken.cold),
  postgres: middle(taken.postgres),
  betterAuth: middle(taken.betterAuth),
  fastify: middle(taken.fastify),
}
console.log(values.json ? JSON.stringify(results) : reportOf(results))
