import { describe, expect, test } from 'vitest'
import {
  formatAge,
  formatDate,
  formatDeadlineDate,
  formatDeadlineExact,
  formatExact,
  formatInstant,
  formatRemaining,
  isOlderThanAYear,
  isSoon,
} from '#components/time/format'

const now = new Date('2026-11-22T14:06:22.000Z')
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ago = (ms: number) => new Date(now.getTime() - ms)
const ahead = (ms: number) => new Date(now.getTime() + ms)

describe('formatDate', () => {
  test.each([
    ['2026-09-03T00:00:00Z', 'UTC', '3 Sep 2026'],
    ['2026-09-03T23:59:59.999Z', 'UTC', '3 Sep 2026'],
    ['2026-09-03T22:00:00Z', 'Europe/Berlin', '4 Sep 2026'],
    ['2026-09-03T21:59:59Z', 'Europe/Berlin', '3 Sep 2026'],
    ['2027-01-01T04:59:59Z', 'America/New_York', '31 Dec 2026'],
    ['2027-01-01T05:00:00Z', 'America/New_York', '1 Jan 2027'],
  ])('%s in %s is %s', (at, zone, text) => {
    expect(formatDate(new Date(at), zone)).toBe(text)
  })
})

test('the exact form has seconds and names the zone', () => {
  const at = new Date('2026-11-22T23:06:02Z')
  expect(formatExact(at, 'UTC')).toBe('22 Nov 2026, 23:06:02 UTC')
  expect(formatExact(at, 'Europe/Berlin')).toBe('23 Nov 2026, 00:06:02 CET')
  expect(formatExact(at, 'Asia/Kolkata')).toBe('23 Nov 2026, 04:36:02 GMT+5:30')
})

describe('formatInstant', () => {
  test.each([
    [0, 'Just now'],
    [59_999, 'Just now'],
    [MINUTE, '1 min ago'],
    [2 * MINUTE - 1, '1 min ago'],
    [HOUR - 1, '59 min ago'],
    [HOUR, '1 hour ago'],
    [2 * HOUR, '2 hours ago'],
    [DAY - 1, '23 hours ago'],
    [DAY, '1 day ago'],
    [6 * DAY, '6 days ago'],
    [30 * DAY - 1, '29 days ago'],
    [30 * DAY, '23 Oct 2026'],
    [-MINUTE, 'Just now'],
    [-MINUTE - 1, '22 Nov 2026'],
    [-20 * DAY, '12 Dec 2026'],
  ])('%d ms ago is %s', (age, text) => {
    expect(formatInstant(ago(age), now, 'UTC')).toBe(text)
  })
})

describe('deadlines', () => {
  test.each([
    ['2027-02-15T00:00:00Z', 'UTC', '14 Feb 2027', 'Until 14 Feb 2027, 24:00 UTC'],
    ['2027-02-15T00:00:00.001Z', 'UTC', '15 Feb 2027', 'Until 15 Feb 2027, 00:00 UTC'],
    ['2027-02-14T23:59:59.999Z', 'UTC', '14 Feb 2027', 'Until 14 Feb 2027, 23:59 UTC'],
    ['2027-02-14T23:00:00Z', 'Europe/Berlin', '14 Feb 2027', 'Until 14 Feb 2027, 24:00 CET'],
    ['2027-02-15T00:00:00Z', 'Europe/Berlin', '15 Feb 2027', 'Until 15 Feb 2027, 01:00 CET'],
    ['2027-01-01T00:00:00Z', 'UTC', '31 Dec 2026', 'Until 31 Dec 2026, 24:00 UTC'],
  ])('%s in %s ends on %s', (at, zone, date, exact) => {
    expect(formatDeadlineDate(new Date(at), zone)).toBe(date)
    expect(formatDeadlineExact(new Date(at), zone)).toBe(exact)
  })

  test('a day that begins at 01:00, because clocks jump at midnight, ends the day before at 24:00', () => {
    // Beirut, 29 March 2026: 00:00 becomes 01:00.
    const at = new Date('2026-03-28T22:00:00Z')
    expect(formatDeadlineExact(at, 'Asia/Beirut')).toMatch(/^Until 28 Mar 2026, 24:00 /)
  })

  test.each([
    [14 * DAY + 1, false],
    [14 * DAY, true],
    [1, true],
    [0, false],
    [-1, false],
  ])('%d ms ahead is soon: %j', (left, soon) => {
    expect(isSoon(ahead(left), now)).toBe(soon)
  })

  test.each([
    [14 * DAY, 'in 14 days'],
    [10 * DAY - 1, 'in 9 days'],
    [DAY, 'in 1 day'],
    [DAY - 1, 'in 23 hours'],
    [HOUR, 'in 1 hour'],
    [HOUR - 1, 'in 59 min'],
    [MINUTE, 'in 1 min'],
    [MINUTE - 1, 'in under a minute'],
    [-DAY, 'in under a minute'],
  ])('%d ms ahead is %s', (left, text) => {
    expect(formatRemaining(ahead(left), now)).toBe(text)
  })
})

describe('formatAge', () => {
  test.each([
    [30 * SECOND, 'just now'],
    [-5 * SECOND, 'just now'],
    [59 * MINUTE, '59 min ago'],
    [1 * HOUR, '1 hour ago'],
    [23 * HOUR, '23 hours ago'],
    [1 * DAY, '1 day ago'],
    [59 * DAY, '59 days ago'],
    [61 * DAY, '2 months ago'],
    [100 * DAY, '3 months ago'],
    [366 * DAY, '12 months ago'],
    [730 * DAY, '23 months ago'],
    [731 * DAY, '2 years ago'],
  ])('%d ms ago is %s', (age, text) => {
    expect(formatAge(ago(age), now)).toBe(text)
  })
})

test('a year is 365 days, and only more than that is older', () => {
  expect(isOlderThanAYear(ago(365 * DAY), now)).toBe(false)
  expect(isOlderThanAYear(ago(365 * DAY + 1), now)).toBe(true)
})
