import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLease } from '#lib/verification/lease'
import { type Message, openPulse } from '#lib/verification/pulse'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000)

/** A pulse over a database played by hand: `passes` says whether numbers come back. */
function played() {
  const lines: { message: (text: Message) => void; lost: () => void; closed: boolean }[] = []
  const heard: string[] = []
  const state = { passes: true, takes: true }
  const lease = openLease(() => ({ monotonic: Date.now(), wall: Date.now() }))
  const pulse = openPulse(
    {
      async listen(on) {
        const line = { ...on, closed: false }
        lines.push(line)
        const close = () => {
          line.closed = true
        }
        return { close }
      },
      async send(number) {
        if (!state.takes) throw new Error('the database is away')
        const line = lines.at(-1)
        if (state.passes && line !== undefined) setTimeout(() => line.message({ number }), 10)
      },
    },
    lease,
    { forget: () => void heard.push('forget'), changed: (what) => void heard.push(what) },
  )
  return { pulse, lease, lines, heard, state }
}

test('numbers that come back keep the lease alive, and silence ends it 5 seconds after the last that did', async () => {
  const { pulse, lease, state } = played()
  expect(lease.holds()).toBe(false)
  await seconds(20)
  await pulse.heard
  expect(lease.holds()).toBe(true)
  state.passes = false
  await seconds(3)
  expect(lease.holds()).toBe(true)
  await seconds(3)
  expect(lease.holds()).toBe(false)
  pulse.close()
})

test('after a lost connection memory is emptied before anything can renew the lease', async () => {
  const { pulse, lease, lines, heard, state } = played()
  await seconds(2)
  state.passes = false
  lines[0]?.lost()
  // What was sent before is told late, and by a connection that is no longer the one.
  lines[0]?.message({ changed: 't:late' })
  await seconds(1)
  expect(lines).toHaveLength(2)
  expect(heard).toEqual(['forget', 'forget'])
  for (let number = 1; number < 4; number++) lines[1]?.message({ number })
  await seconds(5)
  expect(lease.holds()).toBe(false)
  state.passes = true
  await seconds(2)
  expect(lease.holds()).toBe(true)
  pulse.close()
})

test('a connection that only seems to be there is given up after 5 seconds and opened again', async () => {
  const { pulse, lease, lines, state } = played()
  await seconds(2)
  state.passes = false
  await seconds(8)
  expect(lines.length).toBeGreaterThan(1)
  expect(lines[0]?.closed).toBe(true)
  state.passes = true
  await seconds(3)
  expect(lease.holds()).toBe(true)
  pulse.close()
})

test('a connection that is silent both ways for 5 seconds is given up too, and what it brings later renews nothing', async () => {
  const { pulse, lease, lines, heard, state } = played()
  await seconds(2)
  state.takes = false
  await seconds(7)
  expect(lines.length).toBeGreaterThan(1)
  expect(lines[0]?.closed).toBe(true)
  for (let number = 1; number < 9; number++) lines[0]?.message({ number })
  expect(lease.holds()).toBe(false)
  expect(heard.length).toBeGreaterThan(1)
  pulse.close()
})

test('memory is emptied where a number is missing among those that come, since a change may be missing with it', async () => {
  const { pulse, lease, heard, state } = played()
  await seconds(2)
  expect(heard).toEqual(['forget'])
  state.passes = false
  await seconds(1)
  state.passes = true
  await seconds(1.5)
  expect(heard).toEqual(['forget', 'forget'])
  expect(lease.holds()).toBe(true)
  pulse.close()
})

test('a database that takes numbers and never passes one on is refused with a sentence', async () => {
  const { pulse, state } = played()
  state.passes = false
  await seconds(7)
  await expect(pulse.heard).rejects.toThrow('PgBouncer')
  pulse.close()
})

test('a database that is away is waited for', async () => {
  const { pulse, lease, state } = played()
  state.takes = false
  await seconds(30)
  state.takes = true
  await seconds(2)
  await pulse.heard
  expect(lease.holds()).toBe(true)
  pulse.close()
})
