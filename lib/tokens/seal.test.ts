import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSealed, sealSecret } from '#lib/tokens/seal'
import { secretString } from '#lib/tokens/secret'

const SECRET = `tok_org_3kTq9ZpWb1xYc0Lm_${'a'.repeat(49)}`
const ID = '3kTq9ZpWb1xYc0Lm'
const newKey = (id: string) => ({ id, key: createSecretKey(randomBytes(32)) })
const key = newKey('new')
const seal = () => sealSecret(secretString(SECRET), key, ID)

test('what is sealed opens to the same secret, under its key, wherever that stands in the list', () => {
  expect(openSealed(seal(), [newKey('newer'), key], ID)?.reveal()).toBe(SECRET)
})

test('it holds nothing of the secret, and is never the same twice', () => {
  const { sealed } = seal()
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('aaaa')
  expect(Buffer.from(sealed).equals(Buffer.from(seal().sealed))).toBe(false)
})

test('it opens for no other token, under no other key, and not once a bit of it is changed', () => {
  const kept = seal()
  expect(openSealed(kept, [key], '3kTq9ZpWb1xYc0Ln')).toBeNull()
  expect(openSealed(kept, [{ ...newKey('new') }], ID)).toBeNull()
  expect(openSealed(kept, [newKey('old')], ID)).toBeNull()
  for (let at = 0; at < kept.sealed.length; at++) {
    const sealed = Buffer.from(kept.sealed)
    sealed[at] = (sealed[at] ?? 0) ^ 1
    expect(openSealed({ ...kept, sealed }, [key], ID), `byte ${at}`).toBeNull()
  }
  expect(openSealed({ ...kept, sealed: kept.sealed.slice(0, 20) }, [key], ID)).toBeNull()
})
