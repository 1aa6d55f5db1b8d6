import { expect, test } from 'vitest'
import { narrower, sameDevices } from '#components/devices/narrower'
import { takenAway } from '#components/members/taken-away'

const SCOPES = {
  viewer: ['data:read'],
  member: ['data:read', 'measurements:write'],
  admin: ['data:read', 'measurements:write', 'tokens:write'],
}
const of = (role: keyof typeof SCOPES, devices: string[] | null = null) => ({ role, devices })

test('what a change takes away is told: acts, scopes and devices, and nothing where it takes nothing', () => {
  expect(takenAway(of('viewer'), of('admin'), SCOPES)).toEqual([])
  expect(takenAway(of('member', ['a']), of('member', null), SCOPES)).toEqual([])
  expect(takenAway(of('member'), of('viewer'), SCOPES)).toEqual([
    'They can no longer reveal and copy tokens.',
    'Their personal tokens lose measurements:write here at once.',
  ])
  const [acts, scopes] = takenAway(of('admin'), of('viewer'), SCOPES)
  expect(acts).toMatch(/make, change and end tokens.*audit log, nor reveal and copy tokens\.$/)
  expect(scopes).toBe('Their personal tokens lose measurements:write, tokens:write here at once.')
  expect(takenAway(of('member'), of('member', ['a']), SCOPES)).toEqual([
    'They and their personal tokens reach fewer devices at once.',
  ])
})

test('fewer devices are told from other ones and from the same', () => {
  expect(narrower(null, ['a'])).toBe(true)
  expect(narrower(['a', 'b'], ['b', 'c'])).toBe(true)
  expect(narrower(['a'], ['b', 'a'])).toBe(false)
  expect(narrower([], null)).toBe(false)
  expect(sameDevices(['a', 'b'], ['b', 'a'])).toBe(true)
  expect(sameDevices(null, [])).toBe(false)
})
