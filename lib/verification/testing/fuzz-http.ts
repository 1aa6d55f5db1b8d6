import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { randomFrom } from '#lib/verification/testing/fuzz-random'
import { type Material, mentions, requestBytes } from '#lib/verification/testing/fuzz-request'

const ANSWER_WITHIN_MS = 5_000
/** Whoever has sent less than they said is waited for: after so long they say that this is all. */
const SAY_END_AFTER_MS = 200

export type Target = { readonly host: string; readonly port: number }

/** All that comes back for those bytes until the connection ends; null if it does not end within 5 seconds. */
export function exchange({ host, port }: Target, bytes: Buffer): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect({ host, port, allowHalfOpen: true }, () => socket.write(bytes))
    const saying = setTimeout(() => socket.end(), SAY_END_AFTER_MS)
    const settle = (ended: boolean) => {
      clearTimeout(saying)
      clearTimeout(timer)
      socket.destroy()
      resolve(ended ? Buffer.concat(chunks).toString() : null)
    }
    const timer = setTimeout(settle, ANSWER_WITHIN_MS, false)
    socket.on('data', (chunk) => {
      // What is being answered is not to be broken off.
      if (chunks.length === 0) saying.refresh()
      chunks.push(chunk)
    })
    socket.on('end', () => settle(true))
    // Refused in the middle of sending; what was answered before counts.
    socket.on('error', () => settle(true))
  })
}

/** What is wrong with an answer to those bytes; null: nothing. `known`: every good secret, by the id of its token. */
export function wrongWith(bytes: Buffer, answer: string | null, known: ReadonlyMap<string, string>): string | null {
  if (answer === null) return 'no answer within 5 seconds'
  if (/(?:^|\n)HTTP\/1\.1 5\d\d/.test(answer)) return 'a failure'
  if (/[A-Za-z0-9]_(?:org|pat|svc)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}/.test(answer)) return 'a secret in the answer'
  for (const [, id] of answer.matchAll(/"active":true[^}]*?"(?:tokenId|jti)":"([^"]*)"/g)) {
    const secret = known.get(id ?? '')
    if (secret === undefined || !mentions(bytes, [secret])) return `active for ${id}, whose secret was not presented`
  }
  const active = answer.match(/"active":true/g)?.length ?? 0
  const told = answer.match(/"(?:tokenId|jti)":/g)?.length ?? 0
  return active === told ? null : 'active for nothing in particular'
}

/** A status and what was said of the token, for counting. */
export function summary(answer: string | null): string {
  const [, status = 'closed'] = /^HTTP\/1\.1 (\d{3})/.exec(answer ?? '') ?? []
  const [, said = ''] = /"(?:reason|code)":"(\w+)"/.exec(answer ?? '') ?? []
  return [status, /"active":true/.test(answer ?? '') ? 'active' : said].join(' ').trim()
}

/** The fewest bytes that still go wrong in the same way, found by leaving out ever smaller pieces. */
export async function shrink(bytes: Buffer, isWrong: (bytes: Buffer) => Promise<boolean>): Promise<Buffer> {
  let least = bytes
  for (let piece = Math.ceil(bytes.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2))
    for (let at = 0; at < least.length; ) {
      const fewer = Buffer.concat([least.subarray(0, at), least.subarray(at + piece)])
      if (await isWrong(fewer)) least = fewer
      else at += piece
    }
  return least
}

/** Sends so many requests, 48 at a time; `between` runs after every thousand. Resolves to counts, or to a finding. */
export async function fuzzOverHttp(options: {
  readonly target: Target
  readonly seed: number
  readonly count: number
  readonly material: Material
  readonly known: ReadonlyMap<string, string>
  readonly between: (done: number) => Promise<void>
}): Promise<Map<string, number>> {
  const { target, seed, count, material, known, between } = options
  const counts = new Map<string, number>()
  const one = async (index: number) => {
    const bytes = requestBytes(randomFrom(seed, index), material)
    const answer = await exchange(target, bytes)
    const wrong = wrongWith(bytes, answer, known)
    if (wrong !== null) {
      const again = async (fewer: Buffer) => wrongWith(fewer, await exchange(target, fewer), known) === wrong
      const least = (await again(bytes)) ? await shrink(bytes, again) : bytes
      throw new Error(
        `${wrong} (seed ${seed}, request ${index}): ${JSON.stringify(least.toString('latin1'))}\n${answer}`,
      )
    }
    const what = summary(answer)
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  for (let from = 0; from < count; from += 1_000) {
    let next = from
    const end = Math.min(from + 1_000, count)
    const worker = async () => {
      while (next < end) await one(next++)
    }
    await Promise.all(Array.from({ length: 48 }, worker))
    await between(end)
  }
  return counts
}

/** The memory that a process holds, in MiB. */
export async function residentMiB(pid: number): Promise<number> {
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1_024
}
