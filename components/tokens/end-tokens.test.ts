import { expect, test } from 'vitest'
import { fateOf, portionsOf, whatEnds } from '#components/tokens/end-tokens'
import type { TokenView } from '#lib/tokens/view'

const now = new Date('2026-11-22T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

const token = (name: string, change: Partial<TokenView>): TokenView => ({
  id: name.padEnd(16, '0'),
  kind: 'organization',
  head: 'tok_org_',
  tail: null,
  name,
  status: 'active',
  stoppedBy: null,
  createdAt: now,
  mintedAt: null,
  rotation: null,
  retiring: null,
  organizationId: null,
  revokedAt: null,
  expiresAt: null,
  lastUsedAt: null,
  scopes: [],
  devices: null,
  handedOverBy: null,
  keeps: false,
  kept: false,
  apiUser: null,
  ipRanges: [],
  compromised: false,
  overPolicy: false,
  actions: ['edit', 'revoke'],
  ...change,
})

const revoked = token('revoked', { status: 'revoked', actions: ['restore', 'delete'] })
const expired = token('expired', { status: 'expired', actions: ['edit', 'delete'] })
const lately = token('lately', { lastUsedAt: daysAgo(6.9) })
const longAgo = token('longAgo', { lastUsedAt: daysAgo(7.1) })
const own = token('own', { kind: 'personal' })
const all = [revoked, expired, lately, longAgo, own]
const alder = { organizationName: 'Alder', used: 2 }

test('revoking counts those in force, and says of each other why it stays', () => {
  const hits = whatEnds('revoke', all, all, alder, now)
  expect(hits.ending).toEqual([lately, longAgo, own])
  expect(hits.left).toEqual([
    { token: revoked, because: 'Already revoked' },
    { token: expired, because: 'Expired' },
  ])
  expect(hits.usedLately).toEqual([lately])
})

test('deleting leaves those in force, where the policy asks for revoking first', () => {
  const hits = whatEnds('delete', all, all, alder, now)
  expect(hits.ending).toEqual([revoked, expired])
  expect(hits.left.map(({ because }) => because)).toEqual(Array(3).fill('Active, revoke it first'))
  expect(hits.leavesNone).toBe(false)
})

test('an organization is left without a working token only where all that work end', () => {
  expect(whatEnds('revoke', [lately, longAgo], all, alder, now).leavesNone).toBe(true)
  expect(whatEnds('revoke', [lately, own], all, alder, now).leavesNone).toBe(false)
  expect(whatEnds('revoke', [own], all, { organizationName: null, used: 0 }, now).leavesNone).toBe(false)
})

test('what another page showed may be gone by now, and does not count among what works', () => {
  expect(whatEnds('revoke', [lately, longAgo], [lately], alder, now).leavesNone).toBe(false)
})

test('a refusal because it is ended already is success only where an answer was lost before', () => {
  const told = (code: string) => ({ tokenId: lately.id, refusal: { code, message: code }, revocation: null })
  expect(fateOf({ tokenId: lately.id, refusal: null, revocation: 7 }, 'revoke', false)).toEqual({
    kind: 'done',
    revocation: 7,
  })
  expect(fateOf(told('not_active'), 'revoke', false)).toEqual({ kind: 'refused', because: 'not_active' })
  expect(fateOf(told('not_active'), 'revoke', true).kind).toBe('done')
  expect(fateOf(told('not_found'), 'delete', true).kind).toBe('done')
  expect(fateOf(told('forbidden'), 'delete', true).kind).toBe('refused')
})

test('portions hold everything once, in order', () => {
  expect(portionsOf([1, 2, 3, 4, 5, 6, 7], 5)).toEqual([
    [1, 2, 3, 4, 5],
    [6, 7],
  ])
  expect(portionsOf([], 5)).toEqual([])
})
