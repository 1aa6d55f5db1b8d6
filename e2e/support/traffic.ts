import { appendFileSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Where a run keeps what went to and fro, for the search after it. */
export const TRAFFIC = resolve(import.meta.dirname, '../../test-results/traffic')

/** A request that a server of the run got, and its answer as it left. */
const Exchange = z.object({
  server: z.string(),
  method: z.string(),
  url: z.string(),
  requestHeaders: z.array(z.string()),
  requestBody: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.unknown()),
  /** As sent, perhaps compressed, in base64. */
  body: z.base64(),
})
export type Exchange = z.infer<typeof Exchange>

/** Something that a browser held, showed or asked for, or that a test was given. */
const Sight = z.object({
  part: z.enum([
    'spec',
    'secret made by a verb',
    'key used by a verb',
    'given by the provider',
    'browser context closed',
    'browser url',
    'browser request headers',
    'browser console',
    'cookie',
    'localStorage',
    'sessionStorage',
    'IndexedDB',
    'Cache storage',
  ]),
  /** The page or the context that it was seen in. */
  where: z.string(),
  text: z.string(),
})
export type Sight = z.infer<typeof Sight>

const append = (kind: string, record: object) =>
  appendFileSync(join(TRAFFIC, `${kind}-${process.pid}.jsonl`), `${JSON.stringify(record)}\n`)

/** Notes an exchange; it is in the file when this returns, so that it outlives a server that is killed. */
export const noteExchange = (exchange: Exchange) => append('exchanges', exchange)

/** Notes what was seen. */
export const noteSight = (...sights: readonly Sight[]) => {
  for (const sight of sights) append('sights', sight)
}

/** Forgets the run before, what its servers printed included. */
export function beginTraffic(): void {
  rmSync(TRAFFIC, { recursive: true, force: true })
  for (const log of globSync(join(TRAFFIC, '../*.log'))) rmSync(log)
  mkdirSync(TRAFFIC, { recursive: true })
}

/**
 * The whole lines of what a process noted. What stands behind the last line break was being written when the process was
 * killed: its answer had not ended.
 */
export const wholeLines = (text: string) => text.split('\n').slice(0, -1)

const read = <T>(kind: string, schema: z.ZodType<T>): T[] =>
  globSync(join(TRAFFIC, `${kind}-*.jsonl`)).flatMap((path) =>
    wholeLines(readFileSync(path, 'utf8')).map((line) => schema.parse(JSON.parse(line))),
  )

/** All exchanges that this run noted. */
export const readExchanges = () => read('exchanges', Exchange)

/** All that this run saw. */
export const readSights = () => read('sights', Sight)
