import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CSV_MARK, csvHeaders, csvLine, streamOf } from '#lib/csv'
import { parseCsv } from '#lib/testing/parse-csv'

test('whatever stands in a cell, a parser reads it back, save for the sign before a formula', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab"\',;=+-@\t\r\n é😀') })
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      const read = parseCsv(CSV_MARK + rows.map(csvLine).join(''))
      expect(read).toEqual(rows.map((row) => row.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text))))
    }),
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is no formula', (text) => {
  expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
})

test('numbers and times are written as they are, nothing as nothing', () => {
  expect(csvLine([-3, new Date('2026-11-22T12:00:00Z'), null, 'x'])).toBe('-3,2026-11-22T12:00:00.000Z,,x\r\n')
})

test('a file name cannot break out of its header', () => {
  expect(csvHeaders('a"; b\r\n.csv')['content-disposition']).toBe('attachment; filename="a---b--.csv"')
})

test('a stream takes the next text only when it is asked for, and lets go when nobody reads on', async () => {
  const taken: number[] = []
  let ended = false
  async function* texts() {
    try {
      for (let n = 1; n <= 3; n++) {
        taken.push(n)
        yield String(n)
      }
    } finally {
      ended = true
    }
  }
  const reader = streamOf(texts()).getReader()
  expect(taken).toEqual([])
  await reader.read()
  expect(taken).toEqual([1])
  await reader.cancel()
  expect(taken).toEqual([1])
  expect(ended).toBe(true)
})
