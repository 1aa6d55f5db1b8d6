import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { linkOf, ownPath } from '#lib/accounts/schema'

/** How long somebody may be away at the provider. */
export const INTENT_SECONDS = 15 * 60

const Whose = { sessionId: z.uuid(), userId: z.uuid() }

const Does = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sign-in') }),
  /** Accept the invitation behind that link, which no page and no address sees on the way. */
  z.strictObject({ kind: z.literal('accept'), link: linkOf('the mail') }),
  /** Link the login to whose session it was, confirmed at that time. */
  z.strictObject({ kind: z.literal('link'), ...Whose }),
  z.strictObject({ kind: z.literal('confirm'), ...Whose }),
])
/** What somebody goes to the provider for. */
export type Does = z.infer<typeof Does>

const Intent = z.strictObject({
  /** Acted on once: see `intentKey`. */
  id: z.string(),
  /** SHA-256 of the `state` that goes to the provider and back (RFC 6749 section 10.12): it fits no other journey. */
  stateDigest: z.string(),
  begunAt: z.coerce.date(),
  /** The path of ours to go on at; where it fails, what began it. Too long, it is without its query, or the first page. */
  next: z.string().refine((path) => ownPath(path) === path),
  does: Does,
})
export type Intent = z.infer<typeof Intent>

const digestOf = (state: string) => createHash('sha256').update(state).digest('base64url')

/** An intent for one journey to the provider, which carries that state. */
export const newIntent = (does: Does, next: string, { state, now }: { state: string; now: Date }): Intent => ({
  id: randomBytes(16).toString('base64url'),
  stateDigest: digestOf(state),
  begunAt: now,
  next: fitting(ownPath(next) ?? '/'),
  does,
})

// Browsers drop a cookie beyond 4,096 bytes, and base64url makes 4 of 3.
const NEXT_BYTES = 2_000

function fitting(path: string): string {
  const [bare = '/'] = path.split(/[?#]/)
  return [path, bare].find((each) => Buffer.byteLength(JSON.stringify(each)) <= NEXT_BYTES) ?? '/'
}

const ALGORITHM = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'tokenry provider intent', 32))

/** The intent as the browser carries it and cannot read it: base64url, under a key made from AUTH_SECRET. */
export function sealIntent(intent: Intent, secret: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(ALGORITHM, keyOf(secret), nonce, { authTagLength: TAG })
  const text = Buffer.concat([cipher.update(JSON.stringify(intent), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')
}

/**
 * What the browser carried, if we sealed it for the journey with that state and it is not too old; null otherwise.
 * Whether it was acted on already it does not know.
 */
export function openIntent(
  sealed: string,
  { secret, state, now }: { readonly secret: string; readonly state: string; readonly now: Date },
): Intent | null {
  const intent = opened(sealed, secret)
  if (intent === null || intent.stateDigest !== digestOf(state)) return null
  const age = now.getTime() - intent.begunAt.getTime()
  return age < INTENT_SECONDS * 1000 ? intent : null
}

function opened(sealed: string, secret: string): Intent | null {
  try {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv(ALGORITHM, keyOf(secret), bytes.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(-TAG))
    const text = decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8')
    return Intent.parse(JSON.parse(text))
  } catch {
    return null
  }
}
