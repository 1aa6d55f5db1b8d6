import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { cpuMicroseconds, LOAD_CORE, type Target } from '#bench/verify/target'

const Summary = z.object({
  requests: z.number().positive(),
  seconds: z.number().positive(),
  failed: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
})

/** What a target did under load. */
export type Figures = {
  readonly requestsPerSecond: number
  /** User and system time of the server's process over requests answered; null where it can't be told. */
  readonly cpuMicroseconds: number | null
  readonly p50Ms: number
  readonly p99Ms: number
}

const run = promisify(execFile)

/** Whether a program can be started. */
export const has = (program: string): Promise<boolean> =>
  run('which', [program]).then(
    () => true,
    () => false,
  )

/** Asks a target about every token in turn, the `from`th first, on 32 connections for so long. @throws Error if one answer is not 200. */
export async function load(
  target: Target,
  {
    seconds,
    secretsFile,
    wrk,
    from = 0,
  }: { readonly seconds: number; readonly secretsFile: string; readonly wrk: boolean; readonly from?: number },
): Promise<Figures & { readonly requests: number }> {
  const command = wrk
    ? ['wrk', '-t1', '-c32', `-d${seconds}s`, '--timeout', '10s', '-s', 'bench/verify/wrk.lua', target.url]
    : [process.execPath, 'bench/verify/raw-load.ts', target.url, String(seconds)]
  const before = cpuMicroseconds(target.pid)
  const env = { ...process.env, SECRETS: secretsFile, FROM: String(from) }
  const { stdout } = await run('taskset', ['-c', LOAD_CORE, ...command], { env, timeout: (seconds + 60) * 1_000 })
  const used = cpuMicroseconds(target.pid) - before
  const { requests, failed, ...times } = Summary.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
  if (failed > 0) throw new Error(`${failed} of ${requests} answers were not 200`)
  return {
    requests,
    requestsPerSecond: requests / times.seconds,
    cpuMicroseconds: used / requests,
    p50Ms: times.p50Ms,
    p99Ms: times.p99Ms,
  }
}

/** Asks about some of the tokens, one after another. @throws Error if one answer is not active */
export async function check(target: Target, gateway: string, secrets: readonly string[]): Promise<number> {
  let length = 0
  for (let at = 0; at < secrets.length; at += Math.ceil(secrets.length / 200)) {
    const answer = await fetch(`${target.url}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway}`, 'content-type': 'application/json' },
      body: JSON.stringify({ token: secrets[at] }),
    })
    const text = await answer.text()
    if (answer.status !== 200 || !text.includes('"active":true')) throw new Error(`a wrong answer: ${answer.status}`)
    length = Buffer.byteLength(text)
  }
  return length
}
