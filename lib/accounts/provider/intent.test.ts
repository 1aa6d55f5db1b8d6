import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { newIntent, openIntent, sealIntent } from '#lib/accounts/provider/intent'
import { returnTo } from '#lib/accounts/provider/return-to'

const SECRET = 'a secret of thirty-two characters'
const NOW = new Date('2026-11-22T12:00:00.000Z')
const LINK = 'AAECAwQFBgcICQoLDA0ODw'
const intent = newIntent({ kind: 'accept', link: LINK }, '/', { state: 'of this journey', now: NOW })
const come = { secret: SECRET, state: 'of this journey', now: NOW }

test('an intent comes back as it went, to the journey that it belongs to, within 15 minutes', () => {
  const sealed = sealIntent(intent, SECRET)
  expect(openIntent(sealed, come)).toEqual(intent)
  expect(openIntent(sealed, { ...come, state: 'of another' })).toBeNull()
  expect(openIntent(sealed, { ...come, now: new Date(NOW.getTime() + 15 * 60_000) })).toBeNull()
  expect(openIntent(sealed, { ...come, secret: `${SECRET}!` })).toBeNull()
})

test('no browser can read an intent or make another of it', () => {
  const sealed = sealIntent(intent, SECRET)
  const bytes = Buffer.from(sealed, 'base64url')
  expect(bytes.toString('latin1')).not.toContain(LINK)
  for (let at = 0; at < bytes.length; at++) {
    const bent = Buffer.from(bytes)
    bent[at] = (bent[at] ?? 0) ^ 1
    expect(openIntent(bent.toString('base64url'), come)).toBeNull()
  }
  for (const junk of ['', 'x', 'e'.repeat(400)]) expect(openIntent(junk, come)).toBeNull()
})

test('however long the page that it began on, an intent fits into a cookie', () => {
  const { next } = newIntent(intent.does, `/o/alder/tokens?q=${'"\\'.repeat(390)}`, { state: 's', now: NOW })
  expect(next).toContain('?q=')
  const whose = { sessionId: randomUUID(), userId: randomUUID() }
  for (const path of [
    next,
    `/a?${'\\'.repeat(985)}`,
    `/o/alder/tokens?q=${'q'.repeat(5_000)}#x`,
    `/${'p'.repeat(5_000)}`,
  ]) {
    const long = newIntent({ kind: 'confirm', ...whose }, path, { state: 's', now: NOW })
    expect(sealIntent(long, SECRET).length).toBeLessThan(3_800)
  }
  const to = (path: string) => newIntent(intent.does, path, { state: 's', now: NOW }).next
  expect(to(`/o/alder/tokens?q=${'q'.repeat(5_000)}#x`)).toBe('/o/alder/tokens')
  expect(to(`/${'p'.repeat(5_000)}?q`)).toBe('/')
})

test('no journey ends at another host', () => {
  const to = (next: string) => newIntent({ kind: 'sign-in' }, next, { state: 's', now: NOW }).next
  for (const next of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', '/..//elsewhere'])
    expect(to(next)).toBe('/')
  expect(to('/o/alder/tokens?q=a#b')).toBe('/o/alder/tokens?q=a#b')
  const begun = newIntent({ kind: 'sign-in' }, '/o/alder/tokens?q=a', { state: 's', now: NOW })
  expect(returnTo(begun, 'unknown')).toBe('/sign-in?next=%2Fo%2Falder%2Ftokens%3Fq%3Da&provider=unknown')
})
