import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Does } from '#lib/accounts/provider/intent'
import { judgeArrival } from '#lib/accounts/provider/judge'

const BEGUN = new Date('2026-11-22T12:00:00.500Z')
const NOW = new Date('2026-11-22T12:01:00.000Z')
const ADA = { id: 'session of ada', userId: 'ada' }
const EVE = { id: 'session of eve', userId: 'eve' }
const seconds = (at: Date, more = 0) => Math.floor(at.getTime() / 1000) + more

const facts = { login: null, session: null, authTime: seconds(BEGUN, 5), begunAt: BEGUN, now: NOW }
const signIn: Does = { kind: 'sign-in' }
const accept: Does = { kind: 'accept', link: 'AAECAwQFBgcICQoLDA0ODw' }
const link: Does = { kind: 'link', sessionId: ADA.id, userId: ADA.userId }
const confirm: Does = { kind: 'confirm', sessionId: ADA.id, userId: ADA.userId }
const refused = (code: string) => ({ do: 'refuse', code })

test('whoever is linked signs in, nobody else, and nobody is confirmed by an older sign-in at the provider', () => {
  expect(judgeArrival(signIn, facts)).toEqual(refused('unknown'))
  const known = { ...facts, login: ADA }
  expect(judgeArrival(signIn, known)).toEqual({ do: 'begin-session', userId: 'ada', confirmed: true })
  for (const authTime of [null, seconds(BEGUN, -31), seconds(NOW, 31)])
    expect(judgeArrival(signIn, { ...known, authTime })).toMatchObject({ userId: 'ada', confirmed: false })
})

test('an invitation makes an account for a login that has none; whoever has one is signed in, and joins by hand', () => {
  expect(judgeArrival(accept, facts)).toEqual({ do: 'make-account' })
  for (const authTime of [null, seconds(BEGUN, -31), seconds(NOW, 31)])
    expect(judgeArrival(accept, { ...facts, authTime })).toEqual(refused('not-asked'))
  expect(judgeArrival(accept, { ...facts, login: ADA, session: EVE })).toMatchObject({ userId: 'ada' })
})

test('a login is linked to the session that it was begun in, and never taken from anybody', () => {
  expect(judgeArrival(link, { ...facts, session: ADA })).toMatchObject({ do: 'link', userId: 'ada' })
  for (const authTime of [null, seconds(BEGUN, -31), seconds(NOW, 31)])
    expect(judgeArrival(link, { ...facts, session: ADA, authTime })).toEqual(refused('stale'))
  expect(judgeArrival(link, { ...facts, session: ADA, login: EVE })).toEqual(refused('taken'))
  for (const session of [null, EVE, { ...ADA, id: 'another session of ada' }])
    expect(judgeArrival(link, { ...facts, session })).toEqual(refused('other-session'))
})

test('only the linked login, authenticated since it began, confirms, and only the session that it began in', () => {
  const right = { ...facts, session: ADA, login: ADA }
  expect(judgeArrival(confirm, right)).toMatchObject({ do: 'confirm', sessionId: ADA.id })
  expect(judgeArrival(confirm, { ...right, authTime: seconds(BEGUN, -29) })).toMatchObject({ do: 'confirm' })
  for (const authTime of [null, seconds(BEGUN, -31), seconds(NOW, 31), 0])
    expect(judgeArrival(confirm, { ...right, authTime })).toEqual(refused('stale'))
  for (const login of [null, EVE]) expect(judgeArrival(confirm, { ...right, login })).toEqual(refused('other-login'))
  for (const session of [null, EVE, { ...ADA, id: 'another session of ada' }])
    expect(judgeArrival(confirm, { ...right, session })).toEqual(refused('other-session'))
})

test('whatever comes back, nobody gets into an account that the login is not linked to', () => {
  const person = fc.constantFrom(null, ADA, EVE)
  const any = fc.record({ login: person, session: person, authTime: fc.option(fc.integer()) })
  fc.assert(
    fc.property(fc.constantFrom(signIn, accept, confirm), any, (does, come) => {
      const verdict = judgeArrival(does, { ...facts, ...come })
      if (verdict.do === 'begin-session' || verdict.do === 'confirm') expect(verdict.userId).toBe(come.login?.userId)
    }),
  )
})
