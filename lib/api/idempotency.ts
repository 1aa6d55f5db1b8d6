import { hash } from 'node:crypto'
import { z } from 'zod'
import {
  claimIdempotencyKey,
  findIdempotentAnswer,
  type KeyOfCaller,
  keepIdempotentAnswer,
} from '#db/queries/idempotency-keys'
import type { Answer, Operation } from '#lib/api/operation'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { RevealKey } from '#lib/tokens/schema'

/** How long an answer is kept under its key. */
export const KEPT_MS = 24 * 3_600_000

const HEADER = 'Idempotency-Key'
const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/)
const Kept = z.object({ body: z.unknown() })

/**
 * The `Idempotency-Key` of a request; null: none was sent. The draft of its RFC writes it in quotes.
 * @throws DomainError `invalid`
 */
export function readIdempotencyKey(headers: Headers): string | null {
  const sent = headers.get(HEADER)
  if (sent === null) return null
  const key = Key.safeParse(sent.replace(/^"(.*)"$/, '$1'))
  if (key.success) return key.data
  throw refusedKey('invalid', 'Use 1 to 255 characters of ASCII, without spaces.')
}

/**
 * The same where the answer holds a secret, which is derived from it.
 * @throws DomainError `invalid`, also where there is none
 */
export function requireRevealKey(key: string | null): string {
  const parsed = RevealKey.safeParse(key)
  if (parsed.success) return parsed.data
  throw refusedKey('invalid', 'A secret is revealed under a key: 16 random bytes as 22 characters of base64url.')
}

/**
 * Runs an operation once for a key: whoever sends the same again within 24 hours gets the same answer, with its secret
 * as long as its reveal can be repeated. Change, audit event and answer are kept together or not at all; what is
 * refused is not kept.
 * @throws DomainError `idempotency_in_progress`, `idempotency_key_reused`, and what the operation refuses
 */
export async function runOnce(
  { name, method, path, reopen }: Pick<Operation, 'name' | 'method' | 'path' | 'reopen'>,
  ctx: AnyContext,
  { key, request }: { readonly key: string; readonly request: Uint8Array },
  run: (ctx: AnyContext) => Promise<Answer | Response>,
): Promise<Answer | Response> {
  const { actor } = ctx
  if (actor.token === undefined) throw notFound()
  const of: KeyOfCaller = { tokenId: actor.token.id, route: `${method} ${path}`, keyDigest: digestOf(key) }
  const requestDigest = hash('sha256', request, 'buffer')
  return ctx.db.transaction(async (tx) => {
    const within = { ...ctx, db: tx }
    if (!(await claimIdempotencyKey(tx, of)))
      throw refusedKey('idempotency_in_progress', 'A request with this key is still being answered. Try again soon.')
    const now = ctx.clock()
    const kept = await findIdempotentAnswer(tx, of, new Date(now.getTime() - KEPT_MS))
    if (kept !== null) {
      if (!requestDigest.equals(kept.requestDigest)) throw keyReused()
      const { body } = Kept.parse(kept.answer)
      const secret = (await reopen?.(within, body, key)) ?? null
      return { status: kept.status, body, ...(secret && { secret }) }
    }
    const answer = await run(within)
    if (answer instanceof Response) throw new Error(`${name} answers what cannot be kept`)
    const { status, body } = answer
    await keepIdempotentAnswer(tx, {
      ...of,
      keyDigest: digestOf(key),
      requestDigest,
      status,
      answer: { body },
      createdAt: now,
    })
    return answer
  })
}

/** The refusal of a key that came with another request. */
export const keyReused = () =>
  refusedKey('idempotency_key_reused', 'This key came with another request. Send a new one.')

const digestOf = (key: string) => hash('sha256', key, 'buffer')

const refusedKey = (code: 'invalid' | 'idempotency_in_progress' | 'idempotency_key_reused', message: string) =>
  new DomainError(code, message, { [HEADER]: message })
