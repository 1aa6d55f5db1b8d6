import { expect, test } from 'vitest'
import { secretFieldValue } from '#components/tokens/secret-field'

const stub = 'tok_org_3kTq9ZpWb1xYc0Lm_'
const secret = `${stub}${'a1B2'.repeat(11)}Zx7Qf`

test('before the reveal there are the id and 49 dots', () => {
  expect(secretFieldValue(stub, null, null, false)).toBe(stub + '•'.repeat(49))
})

test('revealed and hidden, nothing of the secret is there but its tail', () => {
  expect(secretFieldValue(stub, 'x7Qf', secret, false)).toBe(`${stub}${'•'.repeat(45)}x7Qf`)
})

test('revealed elsewhere, the tail is there and the secret is not', () => {
  expect(secretFieldValue(stub, 'x7Qf', null, true)).toBe(`${stub}${'•'.repeat(45)}x7Qf`)
})

test('it is as long masked as shown, so nothing moves at the reveal', () => {
  expect(secretFieldValue(stub, null, secret, true)).toBe(secret)
  expect(secretFieldValue(stub, null, null, false)).toHaveLength(secret.length)
})
