import { expect, test } from 'vitest'
import { looksLikeSecret, searchText } from '#lib/lists/search'

const secret = `tok_org_3kTq9ZpWb1xYc0Lm_${'a1B2'.repeat(12)}Z`

test.each([
  [secret, true],
  [secret.slice(0, 31), true],
  [secret.slice(25), true],
  [secret.slice(0, 25), false],
  ['3kTq9ZpWb1xYc0Lm', false],
  ['tok_org_3kTq9ZpWb1xYc0Lm_••••••x7Qf', false],
  ['Billing export', false],
])('looksLikeSecret(%j) is %j', (text, verdict) => {
  expect(looksLikeSecret(text)).toBe(verdict)
})

test('a text that holds a secret, or is no text, is searched for nowhere', () => {
  expect(searchText(` ${secret}\n`)).toBe('')
  expect(searchText('Zähler\ud800')).toBe('')
  expect(searchText(' Zähler\u0007daten ')).toBe('Zählerdaten')
})
