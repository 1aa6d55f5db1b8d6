import { createHmac, hash, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { crc32 } from 'node:zlib'
import type { TokenKind } from '#lib/tokens/view'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
// The largest multiple of 62 in a byte: what lies beyond would favour the first characters.
const UNBIASED = 248
const ID_LENGTH = 16
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6
const FORM = /^[^_]+_(?:pat|org|svc)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/

/** The code that stands for a kind within a secret. */
export const KIND_CODES = { personal: 'pat', organization: 'org', service: 'svc' } as const satisfies Record<
  TokenKind,
  string
>

/** What is presented, wrapped so that printing, logging or serialising it shows `[secret]`. */
export type SecretString = {
  readonly reveal: () => string
  /** Its SHA-256 as a string of 32 characters, each a byte; worked out once. */
  readonly digest: () => string
}

const HIDDEN = '[secret]'

// Of a class, since closures would be made for each of them, and there are two to every verification.
class Wrapped implements SecretString {
  readonly #text: string
  #digest: string | null = null
  constructor(text: string) {
    this.#text = text
    Object.freeze(this)
  }
  reveal() {
    return this.#text
  }
  digest() {
    this.#digest ??= hash('sha256', this.#text, 'binary')
    return this.#digest
  }
  toString() {
    return HIDDEN
  }
  toJSON() {
    return HIDDEN
  }
  [inspect.custom]() {
    return HIDDEN
  }
}

/** Wraps a secret, or what somebody presents as one. */
export const secretString = (text: string): SecretString => new Wrapped(text)

/** What a secret says of its token. */
export type ParsedSecret = { readonly prefix: string; readonly kind: TokenKind; readonly id: string }

/** Reads a secret; null where its form, prefix or checksum is wrong. It does not say that such a secret exists. */
export function parseSecret(secret: SecretString, prefixes: readonly string[]): ParsedSecret | null {
  const text = secret.reveal()
  if (!FORM.test(text)) return null
  // All behind the prefix has its length.
  const prefix = text.slice(0, -71)
  const kind = kindOf(text.slice(-70, -67))
  if (kind === null || !prefixes.includes(prefix)) return null
  if (!text.endsWith(checksumOf(text.slice(0, -CHECKSUM_LENGTH)))) return null
  return { prefix, kind, id: text.slice(-66, -50) }
}

/**
 * The id that a text with one of these prefixes would have if it were a secret; undefined where it can't be one. For
 * finding what is then to be compared as a whole: it reads neither form nor checksum.
 */
export function idWithin(secret: SecretString, prefixes: readonly string[]): string | undefined {
  const text = secret.reveal()
  for (const prefix of prefixes)
    if (text.length === prefix.length + 71 && text.startsWith(prefix)) return text.slice(-66, -50)
  return undefined
}

function kindOf(code: string | undefined): TokenKind | null {
  if (code === KIND_CODES.personal) return 'personal'
  if (code === KIND_CODES.organization) return 'organization'
  return code === KIND_CODES.service ? 'service' : null
}

/** CRC-32 as zlib computes it, in base62, most significant digit first, padded to 6. It finds typos; it proves nothing. */
function checksumOf(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    digits = ALPHABET.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** The SHA-256 of a whole secret, 32 bytes: all that is kept of it. */
export const digestOf = (secret: SecretString): Uint8Array => hash('sha256', secret.reveal(), 'buffer')

/** How every secret of a token begins, up to its id: `tok_org_`. */
export const headOf = (prefix: string, kind: TokenKind) => `${prefix}_${KIND_CODES[kind]}_`

/** The last four characters, which are of the checksum: they tell secrets apart and nothing about them. */
export const tailOf = (secret: SecretString) => secret.reveal().slice(-4)

/** A new public id: 16 characters of base62, each as likely as any other. */
export const newTokenId = () => base62From(() => randomBytes(32), ID_LENGTH)

/** 32 bytes from the system's generator for one reveal: without them the caller's key gives nothing. */
export const newSalt = (): Uint8Array => randomBytes(32)

/** The SHA-256 of a reveal key's 16 bytes, given as 22 characters of base64url. */
export const revealKeyDigest = (key: string): Uint8Array => hash('sha256', Buffer.from(key, 'base64url'), 'buffer')

/** The reveal key that a key stands for where a token acts: the same key gives each token another, in the same form. */
export const keyOfToken = (tokenId: string, key: string): string =>
  hash('sha256', `${tokenId}:${key}`, 'buffer').subarray(0, 16).toString('base64url')

/**
 * The secret that a reveal key gives under a salt: the same for the same input, and 256 bits that nobody can tell
 * without both. HMAC-SHA-256 keyed with the salt over the key's 16 bytes, the token's id and a 4-byte counter from 1
 * gives as many blocks as it takes to draw 43 characters without bias.
 */
export function deriveSecret(input: {
  readonly prefix: string
  readonly kind: TokenKind
  readonly id: string
  /** 16 bytes as 22 characters of base64url. */
  readonly key: string
  /** 32 bytes. */
  readonly salt: Uint8Array
}): SecretString {
  const key = Buffer.from(input.key, 'base64url')
  if (key.length !== 16 || input.salt.length !== 32)
    throw new Error('a reveal takes a key of 16 bytes and a salt of 32')
  let blocks = 0
  const nextBlock = () => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++blocks)
    return createHmac('sha256', input.salt).update(key).update(input.id).update(counter).digest()
  }
  const body = `${headOf(input.prefix, input.kind)}${input.id}_${base62From(nextBlock, SECRET_LENGTH)}`
  return secretString(body + checksumOf(body))
}

function base62From(nextBlock: () => Uint8Array, length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of nextBlock()) if (byte < UNBIASED && text.length < length) text += ALPHABET.charAt(byte % 62)
  }
  return text
}
