import { expect, test } from 'vitest'
import { changesOf, draftOf } from '#components/tokens/edit-draft'
import type { TokenView } from '#lib/tokens/view'

const token: TokenView = {
  id: '3kTq9ZpWb1xYc0Lm',
  kind: 'organization',
  head: 'tok_org_',
  tail: 'x7Qf',
  name: 'Default',
  status: 'active',
  stoppedBy: null,
  createdAt: new Date('2026-08-24T08:00:00Z'),
  mintedAt: new Date('2026-08-24T08:16:00Z'),
  rotation: null,
  retiring: null,
  organizationId: null,
  revokedAt: null,
  expiresAt: null,
  lastUsedAt: null,
  scopes: ['data:read', 'reports:read'],
  devices: null,
  handedOverBy: null,
  keeps: false,
  kept: false,
  apiUser: null,
  ipRanges: ['203.0.113.0/24', '198.51.100.7'],
  compromised: false,
  overPolicy: false,
  actions: ['edit', 'revoke'],
}
const draft = draftOf(token)

test('nothing touched, nothing sent', () => {
  expect(changesOf(token, draft)).toEqual({ tokenId: token.id })
})

test('what was touched and put back is not sent', () => {
  const back = { ...draft, scopes: ['reports:read', 'data:read'], ipRanges: ' 203.0.113.0/24\n\n198.51.100.7 \n' }
  expect(changesOf(token, back)).toEqual({ tokenId: token.id })
})

test.each([
  [{ name: 'Billing' }, { name: 'Billing' }],
  [{ status: 'revoked' }, { status: 'revoked' }],
  [{ scopes: [] }, { scopes: [] }],
  [{ ipRanges: '' }, { ipRanges: [] }],
  [{ ipRanges: '203.0.113.0/24\r\n192.0.2.1' }, { ipRanges: ['203.0.113.0/24', '192.0.2.1'] }],
  [{ expiration: { choice: 'never', day: '' } }, { expiration: { kind: 'never' } }],
] as const)('%j is sent alone', (change, sent) => {
  expect(changesOf(token, { ...draft, ...change })).toEqual({ tokenId: token.id, ...sent })
})

test('a revoked token starts as Revoked, and Active is the change', () => {
  const revoked: TokenView = { ...token, status: 'revoked' }
  expect(draftOf(revoked).status).toBe('revoked')
  expect(changesOf(revoked, { ...draftOf(revoked), status: 'active' })).toEqual({ tokenId: token.id, status: 'active' })
})
