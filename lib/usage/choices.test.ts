import { expect, test } from 'vitest'
import { outcome } from '#db/schema/usage'
import { OUTCOMES } from '#lib/usage/choices'

test('what screens call an outcome is what the database counts, in the same order', () => {
  expect(OUTCOMES).toEqual(outcome.enumValues)
})
