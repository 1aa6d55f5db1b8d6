import { expect, test } from 'vitest'
import { cursorOf, parseCursor } from '#lib/tokens/cursor'

const ID = '3kTq9ZpWb1xYc0Lm'
const BY_CREATED = { by: 'created', descending: true } as const
const readBack = (cursorValue: string | null, id = ID) => parseCursor(cursorOf({ cursorValue, id }), BY_CREATED)

test.each([
  '2026-11-22 06:00:00+00',
  '2026-11-22 11:30:00.123456+05:30',
  '2024-02-29 23:59:59.9-11',
  '9999-12-31 00:00:00+00',
  'infinity',
  '-infinity',
])('the place of a row reads back: %s', (value) => {
  expect(readBack(value)).toEqual({ value, id: ID })
})

test.each([
  '2026-02-31 00:00:00+00',
  '2026-13-01 00:00:00+00',
  '0000-01-01 00:00:00+00',
  '10000-01-01 00:00:00+00',
  '2026-01-01 24:00:00+00',
  '2026-01-01 00:00:60+00',
  '2026-01-01 00:00:00+99',
  '2026-01-01 00:00:00+16',
  '2026-01-01 00:00:00+00:60',
  '2026-01-01 00:00:00',
  '2026-01-01 00:00:00 PST',
  '2026-01-01 00:00:00+00 (remark)',
  '2026-01-01T00:00:00Z',
  'now',
  'epoch',
  '',
  '2026-01-01 00:00:00+00\0',
])('what PostgreSQL does not take for an instant is no place: %j', (value) => {
  expect(readBack(value)).toBeNull()
})

test.each([
  'a',
  '%',
  Buffer.from('null').toString('base64url'),
  Buffer.from('{}').toString('base64url'),
  Buffer.from(JSON.stringify([null, ID])).toString('base64url'),
  Buffer.from(JSON.stringify(['infinity', ID, 1])).toString('base64url'),
  Buffer.from(JSON.stringify(['infinity', `${ID}'`])).toString('base64url'),
  Buffer.from('['.repeat(300)).toString('base64url'),
])('a text that names no place: %s', (text) => {
  expect(parseCursor(text, BY_CREATED)).toBeNull()
})
