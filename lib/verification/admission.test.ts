import { expect, test } from 'vitest'
import { readAddress } from '#lib/address'
import { openAdmission } from '#lib/verification/admission'

const RATES = { ofAddress: { burst: 10, perSecond: 2 }, ofAll: { burst: 25, perSecond: 5 } }

function admitted() {
  let at = 0
  const admission = openAdmission({ ...RATES, now: () => at })
  /** How many of so many look-ups are let through. */
  const draw = (address: string, count: number) => {
    let drawn = 0
    for (let index = 0; index < count; index++) {
      try {
        admission.draw(readAddress(address))
        drawn++
      } catch (error) {
        expect(error).toMatchObject({ name: 'TooManyLookUps' })
      }
    }
    return drawn
  }
  const pass = (seconds: number) => {
    at += seconds * 1_000
  }
  return { admission, draw, pass }
}

test('an address has its burst and then its rate, and the others theirs', () => {
  const { draw, pass } = admitted()
  expect(draw('203.0.113.1', 100)).toBe(10)
  expect(draw('203.0.113.2', 5)).toBe(5)
  pass(3)
  expect(draw('203.0.113.1', 100)).toBe(6)
})

test('an IPv6 network is one address, and a mapped IPv4 address the IPv4 one', () => {
  const { draw } = admitted()
  expect(draw('2001:db8::1', 6)).toBe(6)
  expect(draw('2001:db8::ffff:2', 100)).toBe(4)
  expect(draw('198.51.100.1', 9)).toBe(9)
  expect(draw('::ffff:198.51.100.1', 100)).toBe(1)
})

test('from however many addresses, all of them together have one bound', () => {
  const { draw } = admitted()
  const drawn = Array.from({ length: 200 }, (_, index) => draw(`203.0.113.${index}`, 10))
  expect(drawn.reduce((sum, each) => sum + each)).toBe(25)
})

test('what found a token is given back', () => {
  const { admission, draw } = admitted()
  for (let index = 0; index < 1_000; index++) admission.draw(readAddress('203.0.113.1'))()
  expect(draw('203.0.113.1', 100)).toBe(10)
})
