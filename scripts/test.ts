import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { buildDesk } from '#scripts/build-desk'
import { findChromium } from '#scripts/find-chromium'
import { ROOT, run } from '#scripts/run'

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

const UNIT = join(ROOT, 'test-results/unit.json')
const BROWSER = join(ROOT, 'test-results/browser.json')

const UnitReport = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
  })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }))

const BrowserReport = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) })
  .transform(({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))

const one = (ok: boolean): Counts => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

const phrase = ({ passed, failed, skipped }: Counts) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/** What a runner reports of itself. A run that broke outside of its tests (in a set-up, say) counts as one failed. */
async function counted(path: string, report: z.ZodType<Counts>, ok: boolean): Promise<Counts> {
  const text = await readFile(path, 'utf8').catch(() => 'null')
  const { data: counts } = report.safeParse(JSON.parse(text))
  if (!counts) return one(false)
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

async function check(work: () => Promise<{ ok: boolean; output: string }>): Promise<Counts> {
  const { ok, output } = await work()
  if (!ok) console.log(output)
  return one(ok)
}

const tool = (name: string, ...args: string[]) => run(name, args, { quiet: true })

async function unit(): Promise<Counts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`]
  const { ok } = await run('vitest', ['run', ...reporters])
  return counted(UNIT, UnitReport, ok)
}

async function browser(): Promise<Counts> {
  const env = { TOKENRY_CHROMIUM: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER, E2E_WHOLE: '1' }
  const { ok } = await run('playwright', ['test', '--reporter=list,json'], { env })
  return counted(BROWSER, BrowserReport, ok)
}

const total = { passed: 0, failed: 0, skipped: 0 }

async function step(name: string, work: () => Promise<Counts>): Promise<boolean> {
  const counts = await work().catch((error) => {
    console.log(error instanceof Error ? error.message : error)
    return one(false)
  })
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key]
  console.log(`${name}: ${phrase(counts)}`)
  return counts.failed === 0
}

// A hundred processes load the same modules: only the first compiles them.
process.env['NODE_COMPILE_CACHE'] ??= join(ROOT, 'node_modules/.cache/node')
const preloaded = pathToFileURL(join(ROOT, 'scripts/load-drizzle.js')).href
process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${preloaded}`

await mkdir(join(ROOT, 'test-results'), { recursive: true })
await Promise.all([UNIT, BROWSER].map((path) => rm(path, { force: true })))

const types = async () => {
  // The types of the routes come from the files in app.
  await step('Route types', () => check(() => tool('next', 'typegen')))
  // Not incrementally: what it remembers of generated files can be older than they are.
  await step('Types', () => check(() => tool('tsc', '--noEmit', '--incremental', 'false')))
}
await Promise.all([
  step('Format and lint', () => check(() => tool('biome', 'check', '--error-on-warnings'))),
  step('Unused code', () => check(() => tool('knip'))),
  types(),
])
// Of the tests that wait for what takes its time there is always one, and none of these reads the build.
const [isBuilt] = await Promise.all([
  step('Build', () => check(() => buildDesk({ quiet: true }))),
  step('Unit and database tests', unit),
])
await step('Browser tests', isBuilt ? browser : async () => Promise.reject(new Error('There is no build to test.')))

console.log(`\n${phrase(total)}`)
process.exitCode = total.failed > 0 ? 1 : 0
