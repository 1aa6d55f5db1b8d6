import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayOf, daysLater, endOfDay, lastWholeDay } from '#components/time/day'

const zone = process.env['TZ']

describe.each([
  ['UTC', '2027-02-15T00:00:00.000Z'],
  ['Europe/Berlin', '2027-02-14T23:00:00.000Z'],
  ['America/New_York', '2027-02-15T05:00:00.000Z'],
])('in %s', (timeZone, instant) => {
  beforeAll(() => {
    process.env['TZ'] = timeZone
  })
  afterAll(() => {
    process.env['TZ'] = zone
  })

  test('a day ends at its 24:00', () => {
    expect(endOfDay('2027-02-14')?.toISOString()).toBe(instant)
  })

  test.each(['2027-02-30', '2027-13-01', '14 Feb 2027', '', '2027-2-14'])('%j is no day', (text) => {
    expect(endOfDay(text)).toBeNull()
  })

  test('a day is read back as written, across the change of clocks too', () => {
    for (const day of ['2026-03-29', '2026-10-25', '2026-11-01', '2028-02-29', '2026-12-31']) {
      const end = endOfDay(day)
      expect(end && dayOf(new Date(end.getTime() - 1))).toBe(day)
    }
  })

  test('the last whole day ends at the limit where the limit is midnight, and before it where it is not', () => {
    const midnight = new Date(instant)
    expect(lastWholeDay(midnight)).toBe('2027-02-14')
    expect(lastWholeDay(new Date(midnight.getTime() - 1))).toBe('2027-02-13')
    expect(lastWholeDay(new Date(midnight.getTime() + 1))).toBe('2027-02-14')
  })
})

test('days are of 24 hours', () => {
  expect(daysLater(new Date('2026-03-28T12:00:00Z'), 90).toISOString()).toBe('2026-06-26T12:00:00.000Z')
})
