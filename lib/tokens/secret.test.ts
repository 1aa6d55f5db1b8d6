import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  deriveSecret,
  digestOf,
  headOf,
  newSalt,
  newTokenId,
  parseSecret,
  revealKeyDigest,
  secretString,
  tailOf,
} from '#lib/tokens/secret'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID = '3kTq9ZpWb1xYc0Lm'
const KEY = 'AAECAwQFBgcICQoLDA0ODw'
const SALT = Uint8Array.from({ length: 32 }, (_, index) => index)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

const ids = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 16, maxLength: 16 })
const keys = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((key) => Buffer.from(key).toString('base64url'))
const salts = fc.uint8Array({ minLength: 32, maxLength: 32 })
const kinds = fc.constantFrom('personal', 'organization', 'service')
const prefixes = fc.stringMatching(/^[a-z][a-z0-9]{0,15}$/)
const derived = fc.record({ prefix: prefixes, kind: kinds, id: ids, key: keys, salt: salts })

test('a key and a salt always give the secret they gave before', () => {
  const secret = deriveSecret({ prefix: 'tok', kind: 'organization', id: ID, key: KEY, salt: SALT })
  expect(secret.reveal()).toBe('tok_org_3kTq9ZpWb1xYc0Lm_2LE35q64FyUgCtTYKH9FHDpDom6RHRmpWH6LYyWaBUe1jsBbA')
  expect(hex(digestOf(secret))).toBe('06ba17c9bf49de039a80549cc152d518b8a9eccaa313829f6c0132e827f9411c')
  expect(hex(revealKeyDigest(KEY))).toBe('be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991')
})

test('a secret reads back as what it was made of', () => {
  fc.assert(
    fc.property(derived, (input) => {
      const secret = deriveSecret(input)
      expect(parseSecret(secret, ['zz', input.prefix])).toEqual({
        prefix: input.prefix,
        kind: input.kind,
        id: input.id,
      })
      expect(secret.reveal()).toHaveLength(input.prefix.length + 71)
      expect(secret.reveal().startsWith(`${headOf(input.prefix, input.kind)}${input.id}_`)).toBe(true)
      expect(secret.reveal().endsWith(tailOf(secret))).toBe(true)
    }),
  )
})

test('a secret with any one character changed, added or left out is refused', () => {
  const edits = fc.record({ input: derived, at: fc.nat(), by: fc.constantFrom(...ALPHABET, '_', ' ', 'é') })
  fc.assert(
    fc.property(edits, ({ input, at, by }) => {
      const text = deriveSecret(input).reveal()
      const place = at % text.length
      const [head, tail] = [text.slice(0, place), text.slice(place + 1)]
      fc.pre(by !== text[place])
      for (const edited of [head + by + tail, head + tail, head + by + text.slice(place)])
        expect(parseSecret(secretString(edited), [input.prefix])).toBeNull()
    }),
  )
})

test('a secret under a prefix that is not accepted is refused', () => {
  const secret = deriveSecret({ prefix: 'old', kind: 'service', id: ID, key: KEY, salt: SALT })
  expect(parseSecret(secret, ['tok'])).toBeNull()
  expect(parseSecret(secret, ['tok', 'old'])).not.toBeNull()
})

test('another key, salt or token gives another secret', () => {
  const input = { prefix: 'tok', kind: 'personal', id: ID, key: KEY, salt: SALT } as const
  const others = [
    input,
    { ...input, key: 'AAECAwQFBgcICQoLDA0ODg' },
    { ...input, salt: SALT.with(31, 0) },
    { ...input, id: '3kTq9ZpWb1xYc0Ln' },
  ]
  expect(new Set(others.map((other) => deriveSecret(other).reveal().slice(-49))).size).toBe(others.length)
})

test('a key or salt of the wrong length derives nothing', () => {
  const input = { prefix: 'tok', kind: 'personal', id: ID, key: KEY, salt: SALT } as const
  expect(() => deriveSecret({ ...input, key: KEY.slice(2) })).toThrow()
  expect(() => deriveSecret({ ...input, salt: SALT.slice(1) })).toThrow()
})

// Chi-square with 61 degrees of freedom: beyond 140 by chance once in ten million runs. Taking every byte modulo 62
// would give about 280 here.
const chiSquare = (text: string) => {
  const expected = text.length / 62
  return [...ALPHABET].reduce(
    (sum, character) => sum + (text.split(character).length - 1 - expected) ** 2 / expected,
    0,
  )
}

test('every character of the alphabet is as likely as any other, in secrets and in ids', () => {
  const salt = newSalt()
  const secrets = Array.from({ length: 1000 }, (_, index) => {
    const key = Buffer.alloc(16)
    key.writeUInt32BE(index)
    const secret = deriveSecret({ prefix: 'tok', kind: 'personal', id: ID, key: key.toString('base64url'), salt })
    return secret.reveal().slice(-49, -6)
  })
  expect(chiSquare(secrets.join(''))).toBeLessThan(140)
  expect(chiSquare(Array.from({ length: 2700 }, newTokenId).join(''))).toBeLessThan(140)
})

test('ids have 16 characters of base62 and do not repeat', () => {
  const made = Array.from({ length: 1000 }, newTokenId)
  expect(made.every((id) => /^[0-9A-Za-z]{16}$/.test(id))).toBe(true)
  expect(new Set(made).size).toBe(made.length)
})

test('a secret prints as [secret], however it is printed', () => {
  const secret = secretString('tok_org_hidden')
  const printed = [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
    String(secret),
  ]
  for (const text of printed) {
    expect(text).toContain('[secret]')
    expect(text).not.toContain('hidden')
  }
  expect(Object.isFrozen(secret)).toBe(true)
})
