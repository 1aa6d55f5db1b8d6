import { expect, test } from 'vitest'
import { createLog } from '#lib/log'
import { openRefusals } from '#lib/verification/refusals'

test('of a flood of refusals ten a second are logged, and the others counted', () => {
  const lines: string[] = []
  let now = 5_000
  const tell = openRefusals(createLog('info', { write: (line) => lines.push(line) }), () => now)
  for (let times = 0; times < 1_000; times++) tell('info', () => ({ status: 401 }), 'refused')
  expect(lines).toHaveLength(10)
  expect(lines.join()).not.toContain('leftOut')
  now += 1_000
  for (let times = 0; times < 2; times++) tell('info', () => ({ status: 401 }), 'refused')
  expect(lines).toHaveLength(12)
  expect(JSON.parse(lines[10] ?? '')).toMatchObject({ status: 401, leftOut: 990 })
  expect(lines[11]).not.toContain('leftOut')
})
