import { expect, test } from 'vitest'
import { Instant } from '#lib/instant'
import { parseUsageCursor, usageCursor } from '#lib/usage/cursor'
import { runsOfDays } from '#lib/usage/period'

const cursorOf = (from: string, to: string) => {
  const period = { from: new Date(from), to: new Date(to) }
  const question = { organizationId: 'a', ...period, interval: 'day', groupBy: null, timeZone: 'UTC' } as const
  return parseUsageCursor(usageCursor(question, { start: period.from, group: null }))
}

test('the last instant that can be asked for has days in every time zone, and a cursor', () => {
  const to = Instant.parse('2999-12-31T23:59:59Z')
  for (const timeZone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const [run] = [...runsOfDays({ from: new Date('2999-12-30'), to }, timeZone, 9)]
    expect(run?.end.getTime()).toBeGreaterThanOrEqual(to.getTime())
  }
  expect(cursorOf('2999-12-30', '2999-12-31')).toMatchObject({ period: { to: new Date('2999-12-31') } })
  expect(cursorOf('1969-12-25', '1970-01-01')).not.toBeNull()
})

test('no instant and no cursor is of a year beyond', () => {
  for (const beyond of ['3000-01-01', '9999-12-31', '2999-12-31T23:59:59-14:00', '1969-12-31'])
    expect(Instant.safeParse(beyond).success, beyond).toBe(false)
  for (const [from, to] of [
    ['9999-12-30', '9999-12-31'],
    ['2999-12-31', '3000-01-01'],
    ['+020000-01-01', '+020000-01-02'],
    ['-002000-01-01', '2026-01-01'],
  ] as const)
    expect(cursorOf(from, to), to).toBeNull()
})
