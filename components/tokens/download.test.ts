import { expect, test } from 'vitest'
import { downloadName } from '#components/tokens/download'

test.each([
  ['Billing export', 'billing-export-token.txt'],
  ['Zählerdaten Süd', 'zählerdaten-süd-token.txt'],
  ['a/b\\c:d*e?"<>|', 'a-b-c-d-e------token.txt'],
  ['v1.2_final-x', 'v1.2_final-x-token.txt'],
  ['.env', '-env-token.txt'],
  ['../../etc', '-.-..-etc-token.txt'],
  ['🔑', '--token.txt'],
])('the secret of %j is saved as %s', (name, file) => {
  expect(downloadName(name)).toBe(file)
})
