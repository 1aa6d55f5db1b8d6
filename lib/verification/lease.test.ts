import { expect, test } from 'vitest'
import { openLease } from '#lib/verification/lease'

/** A lease under two clocks that are set by hand, in milliseconds. */
function held() {
  const at = { monotonic: 1_000, wall: 1_790_000_000_000 }
  const lease = openLease(() => ({ ...at }))
  const pass = (by: Partial<typeof at>) => {
    at.monotonic += by.monotonic ?? 0
    at.wall += by.wall ?? 0
  }
  return { lease, pass }
}

test('a lease lasts 5 seconds from the sending of what came back, not from its coming', () => {
  const { lease, pass } = held()
  expect(lease.holds()).toBe(false)
  const sent = lease.now()
  pass({ monotonic: 4_999, wall: 4_999 })
  lease.grant(sent)
  expect(lease.holds()).toBe(true)
  pass({ monotonic: 1, wall: 1 })
  expect(lease.holds()).toBe(false)
})

test('whichever clock has moved further ends it: a machine that slept, and a clock that was set back', () => {
  for (const passed of [
    { monotonic: 0, wall: 5_000 },
    { monotonic: 5_000, wall: -3_600_000 },
  ]) {
    const { lease, pass } = held()
    lease.grant(lease.now())
    expect(lease.holds()).toBe(true)
    pass(passed)
    expect(lease.holds()).toBe(false)
  }
})
