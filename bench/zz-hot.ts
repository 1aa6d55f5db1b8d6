import { join } from 'node:path'
import { median } from '#bench/statistics'
import { startDatabase } from '#bench/verify/database'
import { makeFixture } from '#bench/verify/fixture'
import { check, load } from '#bench/verify/load'
import { disposeOnSignals } from '#bench/verify/signals'
import { startTarget } from '#bench/verify/target'

const [seconds, rounds, prof] = [Number(process.argv[2] ?? 2), Number(process.argv[3] ?? 5), process.argv[4]]
await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
const { folder, database } = await startDatabase(resources)
const secretsFile = join(folder, 'secrets.txt')
const ours = await database('ours')
const { gateway, secrets } = await makeFixture(ours, { tokens: 20000, secretsFile })
const start = (command: string[], env: Readonly<Record<string, string>>) => startTarget(resources, command, env)
const v = await start(
  [...(prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof', '--cpu-prof-interval=200'] : []), 'verifier.ts'],
  { DATABASE_URL: ours, VERIFIER_PORT: '0', HOST: '127.0.0.1' },
)
const bytes = await check(v, gateway, secrets)
const targets = {
  floor: await start(['bench/verify/floor.ts'], { ANSWER_BYTES: String(bytes) }),
  verifier: v,
  fastify: await start(['bench/verify/fastify.ts'], { SECRETS: secretsFile }),
}
for (const t of Object.values(targets)) await load(t, { seconds: t === v ? 12 : 3, secretsFile, wrk: true })
const taken: Record<string, number[]> = {}
for (let i = 0; i < rounds; i++)
  for (const [name, t] of Object.entries(targets)) {
    const f = await load(t, { seconds, secretsFile, wrk: true })
    ;(taken[name] ??= []).push(f.cpuMicroseconds ?? 0)
  }
for (const [name, all] of Object.entries(taken))
  console.log(name, median(all).toFixed(1), all.map((x) => x.toFixed(1)).join(' '))
console.log(
  'ratio',
  (median(taken['verifier'] ?? []) / median(taken['floor'] ?? [])).toFixed(2),
  'fastify',
  (median(taken['verifier'] ?? []) / median(taken['fastify'] ?? [])).toFixed(2),
)
