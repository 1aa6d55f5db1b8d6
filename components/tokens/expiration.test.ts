import { describe, expect, test } from 'vitest'
import { dayOf } from '#components/time/day'
import {
  dayError,
  dayRange,
  expirationLimits,
  expirationOptions,
  expiryOf,
  lockReason,
  toExpiration,
  usualChoice,
} from '#components/tokens/expiration'

const now = new Date('2026-11-22T14:06:22Z')
const open = expirationLimits({ longestLifetimeDays: null, neverAllowed: true }, now, now)
const within = (days: number, countedFrom = now) =>
  expirationLimits({ longestLifetimeDays: days, neverAllowed: true }, now, countedFrom)
const lockedIn = (limits: typeof open) =>
  expirationOptions(limits, { withUsual: true })
    .filter((option) => option.locked)
    .map((option) => option.value)

describe('what the policy leaves', () => {
  test('without a policy everything may be chosen, and it starts at 90 days', () => {
    expect(lockedIn(open)).toEqual([])
    expect(usualChoice(open)).toBe('90')
    expect(lockReason(expirationOptions(open, { withUsual: true }), open)).toBe('')
  })

  test('a longest lifetime means no Never, though never-expiring were allowed', () => {
    expect(lockedIn(within(365))).toEqual(['never'])
    expect(lockReason(expirationOptions(within(365), { withUsual: true }), within(365))).toBe(
      "Never isn't allowed: the longest lifetime here is 1 year.",
    )
  })

  test('never can be forbidden alone', () => {
    const limits = expirationLimits({ longestLifetimeDays: null, neverAllowed: false }, now, now)
    expect(lockedIn(limits)).toEqual(['never'])
    expect(lockReason(expirationOptions(limits, { withUsual: true }), limits)).toBe("Never isn't allowed here.")
  })

  test.each([
    [60, '60', ['90', '365', 'never']],
    [59, 'usual', ['60', '90', '365', 'never']],
    [1, 'usual', ['30', '60', '90', '365', 'never']],
    [90, '90', ['365', 'never']],
  ])('at most %d days starts at the longest and locks what is longer', (days, start, locked) => {
    expect(usualChoice(within(days))).toBe(start)
    expect(lockedIn(within(days))).toEqual(locked)
  })

  test('a longest lifetime that is no preset stands among them by length', () => {
    expect(expirationOptions(within(45), { withUsual: true }).map((option) => option.label)).toEqual([
      '30 days',
      '45 days',
      '60 days',
      '90 days',
      '1 year',
      'Custom',
      'Never',
    ])
  })

  test('the life of an older secret has less left', () => {
    const minted = new Date(now.getTime() - 40 * 86_400_000)
    expect(lockedIn(within(90, minted))).toEqual(['60', '90', '365', 'never'])
  })
})

describe('what is sent', () => {
  test.each([
    ['keep', undefined],
    ['usual', undefined],
    ['365', { kind: 'preset', days: 365 }],
    ['never', { kind: 'never' }],
  ] as const)('%s', (choice, sent) => {
    expect(toExpiration({ choice, day: '' })).toEqual(sent)
  })

  test("Custom ends at 24:00 of the day in the viewer's zone", () => {
    const sent = toExpiration({ choice: 'custom', day: '2027-02-14' })
    expect(sent).toEqual({ kind: 'custom', at: new Date(2027, 1, 15).toISOString() })
    expect(expiryOf({ choice: 'custom', day: '2027-02-14' }, open)).toEqual(new Date(2027, 1, 15))
  })
})

describe('the day of Custom', () => {
  const custom = (day: string) => ({ choice: 'custom', day }) as const

  test('must be one, still to come, within the policy', () => {
    expect(dayError(custom(''), open)).toBe('Choose a day.')
    expect(dayError(custom('2026-11-20'), open)).toBe('Choose a day that is still to come.')
    expect(dayError(custom(dayOf(now)), open)).toBeNull()
    expect(dayError({ choice: '30', day: '' }, open)).toBeNull()
  })

  test('the last day offered is accepted and the one after it is not', () => {
    const { max = '' } = dayRange(within(30))
    const after = dayOf(new Date(new Date(`${max}T12:00:00`).getTime() + 86_400_000))
    expect(dayError(custom(max), within(30))).toBeNull()
    expect(dayError(custom(after), within(30))).toBe('Choose an earlier day.')
  })
})
