import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median } from '#bench/statistics'
import { startDatabase } from '#bench/verify/database'
import { makeFixture } from '#bench/verify/fixture'
import { has, load } from '#bench/verify/load'
import { memoryOf } from '#bench/verify/memory'
import { disposeOnSignals } from '#bench/verify/signals'
import { startTarget } from '#bench/verify/target'

// Whether a verifier that knows many tokens costs more a request than one that knows few, and what it takes to know one.
// `npm run bench:scale -- [--few 1000] [--many 1000000] [--rounds 5] [--seconds 6]`

const WARM_SECONDS = 30
const IN_FLIGHT = 64
const AIM = { times: 1.25, bytes: 1_024 }

const { values } = parseArgs({
  options: {
    few: { type: 'string', default: '1000' },
    many: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
  },
})
const seconds = Number(values.seconds)

await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
const wrk = await has('wrk')
const { folder, database } = await startDatabase(resources)

async function open(tokens: number) {
  const databaseUrl = await database(`of_${tokens}`)
  const secretsFile = join(folder, `secrets-${tokens}.txt`)
  await makeFixture(databaseUrl, { tokens, secretsFile })
  const command = ['--expose-gc', '--import', './bench/verify/tell-memory.ts', 'verifier.ts']
  const cache = { FACTS_CACHE_ENTRIES: String(tokens * 2) }
  const env = { DATABASE_URL: databaseUrl, VERIFIER_PORT: '0', HOST: '127.0.0.1', ...cache }
  const target = await startTarget(resources, command, env)
  const ask = (seconds: number, from = 0) => load(target, { seconds, secretsFile, wrk, from })
  const before = await memoryOf(target)
  // Each once, and those again that a piece may have left half asked.
  for (let asked = 0; asked < tokens; ) {
    asked += Math.max(0, (await ask(WARM_SECONDS, asked)).requests - IN_FLIGHT)
    console.error(`${Math.min(asked, tokens)} of ${tokens} tokens are known.`)
  }
  const after = await memoryOf(target)
  return { ask, rss: (after.rss - before.rss) / tokens, heap: (after.heap - before.heap) / tokens }
}

const [few, many] = [await open(Number(values.few)), await open(Number(values.many))]
const cpu = { few: [] as number[], many: [] as number[] }
for (let round = 0; round < Number(values.rounds); round++) {
  cpu.few.push((await few.ask(seconds)).cpuMicroseconds ?? Number.NaN)
  cpu.many.push((await many.ask(seconds)).cpuMicroseconds ?? Number.NaN)
}
const [ofFew, ofMany] = [median(cpu.few), median(cpu.many)]
const told = (met: boolean) => (met ? 'met' : 'MISSED')
console.log(
  `CPU a request: ${ofFew.toFixed(1)} µs with ${values.few} tokens, ${ofMany.toFixed(1)} µs with ${values.many}: ` +
    `${(ofMany / ofFew).toFixed(2)} times, aim ${AIM.times} ${told(ofMany / ofFew <= AIM.times)}`,
)
console.log(
  `Memory a token with ${values.many}: ${many.rss.toFixed(0)} bytes of RSS, ${many.heap.toFixed(0)} of heap; ` +
    `aim ${AIM.bytes} of both ${told(Math.max(many.rss, many.heap) <= AIM.bytes)}`,
)
