import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { UseRow } from '#db/queries/verification'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const use = (tokenId: string, second: number, more: Partial<UseRow> = {}): UseRow => ({
  tokenId,
  at: new Date(second * 1000),
  ip: null,
  userAgent: null,
  opened: null,
  ...more,
})

function openRecorder(options: { readonly tokensAtMost?: number } = {}) {
  const written: UseRow[][] = []
  let failing = false
  const recorder = openUsageRecorder(async (uses) => {
    if (failing) throw new Error('unreachable')
    written.push([...uses])
  }, options)
  return { ...recorder, written, fail: (on: boolean) => (failing = on), tick: () => vi.advanceTimersByTimeAsync(250) }
}

test('many uses of a token are one row, the latest, whatever the order they come in', async () => {
  const { record, written, tick } = openRecorder()
  for (const second of [1, 3, 2]) record(use('a', second))
  record(use('b', 9))
  await tick()
  expect(written).toEqual([[use('a', 3), use('b', 9)]])
})

test('a first use is not forgotten for a later one', async () => {
  const { record, written, tick } = openRecorder()
  const opened = new Uint8Array(32)
  record(use('a', 1, { opened }))
  record(use('a', 2, { ip: '192.0.2.1' }))
  await tick()
  expect(written).toEqual([[use('a', 2, { ip: '192.0.2.1', opened })]])
})

test('nothing is written while nothing is used', async () => {
  const { record, written, tick } = openRecorder()
  record(use('a', 1))
  for (let times = 0; times < 4; times++) await tick()
  expect(written).toHaveLength(1)
})

test('what could not be written is kept, and newer uses win over it', async () => {
  const { record, written, fail, tick } = openRecorder()
  fail(true)
  record(use('a', 1))
  record(use('b', 1))
  await tick()
  record(use('a', 2))
  fail(false)
  await tick()
  expect(written.flat().toSorted((a, b) => a.tokenId.localeCompare(b.tokenId))).toEqual([use('a', 2), use('b', 1)])
})

test('while writing fails no more is kept than allowed, and what is dropped is counted', async () => {
  const { record, written, dropped, fail, tick } = openRecorder({ tokensAtMost: 2 })
  fail(true)
  for (const id of ['a', 'b', 'c', 'd']) record(use(id, 1))
  await tick()
  record(use('a', 2))
  expect(dropped()).toBe(2)
  fail(false)
  await tick()
  expect(
    written
      .flat()
      .map(({ tokenId }) => tokenId)
      .toSorted(),
  ).toEqual(['a', 'b'])
})

test('closing writes what is left, and ends even when that fails', async () => {
  const { record, written, close } = openRecorder()
  record(use('a', 1))
  await close()
  expect(written).toEqual([[use('a', 1)]])
  const failing = openRecorder()
  failing.fail(true)
  failing.record(use('a', 1))
  await failing.close()
  expect(vi.getTimerCount()).toBe(0)
})
