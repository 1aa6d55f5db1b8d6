import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { mailingPeople } from '#lib/accounts/testing/mailing'
import { peopleWorld } from '#lib/accounts/testing/people'

const TRIES = 200

const median = (sample: readonly number[]) => sample.toSorted((a, b) => a - b)[Math.floor(sample.length / 2)] ?? 0

/** How far apart two samples lie (Mann and Whitney's U), in standard deviations of what chance does. */
function distance(a: readonly number[], b: readonly number[]): number {
  const u = a.reduce((sum, x) => sum + b.filter((y) => y < x).length + b.filter((y) => y === x).length / 2, 0)
  const spread = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  return Math.abs(u - (a.length * b.length) / 2) / spread
}

test('an unknown e-mail takes as long as a wrong password', async () => {
  const { register, attempt, sql } = await peopleWorld()
  await register('ada@alder.example')
  const times = { 'ada@alder.example': [] as number[], 'eve@alder.example': [] as number[] }
  const emails = ['ada@alder.example', 'eve@alder.example'] as const
  for (let n = 0; n < TRIES + 5; n++) {
    // Beside each other, in an order that nothing of the machine's can follow.
    for (const email of randomInt(2) === 0 ? emails : emails.toReversed()) {
      await sql`delete from password_failures`
      const before = performance.now()
      expect(await attempt(email, 'not the password')).toBeNull()
      if (n >= 5) times[email].push(performance.now() - before)
    }
  }
  const [known, unknown] = [times['ada@alder.example'], times['eve@alder.example']]
  expect(known).toHaveLength(TRIES)
  expect(unknown).toHaveLength(TRIES)
  const ratio = median(unknown) / median(known)
  expect(ratio).toBeGreaterThan(0.8)
  expect(ratio).toBeLessThan(1.25)
  // Chance alone gets beyond 4 once in 16,000 runs.
  expect(distance(known, unknown)).toBeLessThan(4)
}, 180_000)

test('asking for a link to an unknown e-mail takes as long as to a known one', async () => {
  const { register, ask, sql, stop } = await mailingPeople()
  await stop()
  await register('ada@alder.example')
  const times = { 'ada@alder.example': [] as number[], 'eve@alder.example': [] as number[] }
  const emails = ['ada@alder.example', 'eve@alder.example'] as const
  for (let n = 0; n < TRIES + 5; n++)
    for (const email of randomInt(2) === 0 ? emails : emails.toReversed()) {
      await sql`delete from password_failures`
      const before = performance.now()
      await ask(email)
      if (n >= 5) times[email].push(performance.now() - before)
    }
  const [known, unknown] = [times['ada@alder.example'], times['eve@alder.example']]
  const ratio = median(unknown) / median(known)
  expect(ratio).toBeGreaterThan(0.8)
  expect(ratio).toBeLessThan(1.25)
  expect(distance(known, unknown)).toBeLessThan(4)
}, 180_000)
