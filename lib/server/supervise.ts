import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#lib/log'
import { addressOf } from '#lib/server/open-http'
import { superviseOne } from '#lib/server/supervise-one'

const AT_MOST = 64
const HIGHEST_PORT = 65_535
const READY_WITHIN_MS = 15_000

/** How many verifiers `--verifiers=N` asks for beside the desk; 0 without it. Throws an Error with one sentence. */
export function readVerifiers(args: readonly string[], firstPort: number): number {
  const given = args.filter((arg) => /^--verifiers(?:=|$)/.test(arg))
  const [, count] = /^--verifiers=(\d{1,2})$/.exec(given[0] ?? '--verifiers=0') ?? []
  if (given.length > 1 || count === undefined || Number(count) > AT_MOST)
    throw new Error(`--verifiers takes a whole number from 0 to ${AT_MOST}, such as --verifiers=2.`)
  if (firstPort !== 0 && firstPort + Number(count) - 1 > HIGHEST_PORT)
    throw new Error(`From VERIFIER_PORT up there are fewer than ${count} ports: set it to a lower one.`)
  return Number(count)
}

/** A verifier under supervision: the port asked for, and where it is; `url` null: not ready yet. */
export type Supervised = { readonly name: string; readonly wanted: number; readonly url: string | null }

/**
 * Runs verifiers, each in a process of its own, on `firstPort` and the next ones (0: any), and starts again whichever
 * dies. Resolves when all are ready, or have had 15 seconds for it. They end with us, however we end. `stop` ends them
 * in order, after 20 seconds all the same.
 */
export async function superviseVerifiers(options: {
  readonly count: number
  readonly firstPort: number
  readonly host: string | undefined
  readonly databaseUrl: string
  readonly log: Log
}) {
  const { count, firstPort, host, databaseUrl, log } = options
  const all = Array.from({ length: count }, (_, index) =>
    superviseOne({
      name: `verifier-${index + 1}`,
      wanted: firstPort === 0 ? 0 : firstPort + index,
      env: { ...(host !== undefined && { HOST: host }), DATABASE_URL: databaseUrl },
      log,
    }),
  )
  await Promise.race([Promise.all(all.map(({ ready }) => ready)), sleep(READY_WITHIN_MS, null, { ref: false })])
  return {
    verifiers: (): Supervised[] =>
      all.map(({ name, wanted, port }) => {
        const at = port()
        return { name, wanted, url: at === null ? null : addressOf(host, at) }
      }),
    stop: async () => void (await Promise.all(all.map(({ stop }) => stop()))),
  }
}
