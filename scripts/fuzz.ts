import { randomInt } from 'node:crypto'
import { run } from '#scripts/run'

// npm run fuzz -- [--seed=N] [--in-process=N] [--http=N]
// Asks everything that can be asked of a verifier in ways that nobody means, and holds each answer against what the
// contract says. The same seed asks the same. A finding ends it, with the least that still shows it.

const BOUNDS = { seed: 2 ** 31, 'in-process': 1_000_000_000, http: 100_000_000 }
const DEFAULTS = { seed: randomInt(BOUNDS.seed), 'in-process': 10_000_000, http: 200_000 }

function read(args: readonly string[]): typeof DEFAULTS {
  const read = { ...DEFAULTS }
  for (const arg of args) {
    const [, name, value] = /^--(seed|in-process|http)=(\d{1,10})$/.exec(arg) ?? []
    if ((name !== 'seed' && name !== 'in-process' && name !== 'http') || Number(value) > BOUNDS[name])
      throw new Error('npm run fuzz takes --seed=N, --in-process=N and --http=N, each a whole number.')
    read[name] = Number(value)
  }
  return read
}

try {
  const { seed, 'in-process': inProcess, http } = read(process.argv.slice(2))
  console.log(`Seed ${seed}: ${inProcess} cases in process, ${http} requests over HTTP.`)
  const env = { FUZZ_SEED: String(seed), FUZZ_IN_PROCESS: String(inProcess), FUZZ_HTTP: String(http) }
  const { ok } = await run('vitest', ['run', 'lib/verification/testing/fuzz.test.ts'], { env })
  process.exitCode = ok ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
