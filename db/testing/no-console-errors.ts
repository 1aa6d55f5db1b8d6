import { afterEach, expect, vi } from 'vitest'

const complaints = vi.spyOn(console, 'error')

afterEach(() => {
  const unexpected = complaints.mock.calls
  complaints.mockClear()
  expect(unexpected, 'nothing is written to console.error').toEqual([])
})
