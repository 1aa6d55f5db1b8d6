import { expect, test } from 'vitest'
import { readExpiry } from '#lib/cli/expiry'

const NOW = new Date('2026-11-22T12:00:00Z')

test('a token is to end after days, at the end of a day here, at an instant, or never', () => {
  expect(readExpiry('90d', NOW)).toBe('2027-02-20T12:00:00.000Z')
  expect(readExpiry('2027-01-31', NOW)).toBe(new Date(2027, 1, 1).toISOString())
  expect(readExpiry('2027-01-31T10:00:00+01:00', NOW)).toBe('2027-01-31T09:00:00.000Z')
  expect(readExpiry('never', NOW)).toBeNull()
})

test.each(['', 'soon', '90', '-1d', '31.01.2027', '2027-13-99T00:00', '1'])('%j is no time to end', (text) => {
  expect(() => readExpiry(text, NOW)).toThrow('is no time to end')
})
