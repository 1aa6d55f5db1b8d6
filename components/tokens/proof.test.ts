import { expect, test } from 'vitest'
import { countOf, isSettled, nextSeen, silenceOf } from '#components/tokens/proof'
import type { Proof } from '#lib/verifiers/view'

const ORDERED = Date.parse('2026-11-22T14:06:22.010Z')

const proof = (after: number, ...answers: readonly (number | null)[]): Proof => ({
  at: ORDERED,
  readAt: ORDERED + after,
  verifiers: answers.map((afterMs, index) => ({ id: String(index), name: `gateway-${index + 1}`, afterMs })),
})

test('the count names all, and the time of the slowest', () => {
  expect(countOf(proof(50, 12, 27, 41))).toEqual({ count: '3 of 3 verifiers', time: '41 ms' })
  expect(countOf(proof(50, 12))).toEqual({ count: '1 of 1 verifiers', time: '12 ms' })
  expect(countOf(proof(50, null))).toEqual({ count: '0 of 1 verifiers', time: null })
})

test('a lease ran out only five seconds after the first reading, however late that came, and never earlier', () => {
  const first = nextSeen(null, proof(990, 12, null))
  expect(isSettled(first)).toBe(false)
  expect(silenceOf(first, 'it', 'UTC')).toBe(
    'gateway-2 has not answered yet; its lease runs out at 14:06:28, and from then on it accepts it no longer.',
  )
  const later = nextSeen(first, proof(5989, 12, null))
  expect(isSettled(later)).toBe(false)
  const over = nextSeen(later, proof(5990, 12, null))
  expect(isSettled(over)).toBe(true)
  expect(silenceOf(over, 'it', 'UTC')).toBe(
    'gateway-2 has not answered; its lease ran out at 14:06:28, so it accepts it no longer.',
  )
  expect(silenceOf(nextSeen(over, proof(6000, null, null)), 'them', 'UTC')).toBe(
    'gateway-1 and gateway-2 have not answered; their leases ran out at 14:06:28, so they accept them no longer.',
  )
})

test('nothing is waited for or said once all have answered, or where no verifier was running', () => {
  for (const seen of [nextSeen(null, proof(5, 1, 2)), nextSeen(null, proof(5))]) {
    expect(isSettled(seen)).toBe(true)
    expect(silenceOf(seen, 'it', 'UTC')).toBeNull()
  }
})
