import { expect, test } from 'vitest'
import { withoutVanished } from '#components/tokens/selection'
import type { TokenView } from '#lib/tokens/view'

const token = (id: string): TokenView => ({
  id,
  kind: 'organization',
  head: 'tok_org_',
  tail: null,
  name: id,
  status: 'active',
  stoppedBy: null,
  createdAt: new Date(0),
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
  actions: [],
})

const ticks = (...places: [id: string, place: string][]) =>
  new Map(places.map(([id, place]) => [id, { token: token(id), place, refusal: null }] as const))

test('a tick goes with a token that vanishes from the page it was ticked on, and those of other pages stay', () => {
  const ticked = ticks(['here', '/tokens'], ['gone', '/tokens'], ['elsewhere', '/tokens?after=x'])
  expect([...withoutVanished(ticked, [{ id: 'here' }, { id: 'new' }], '/tokens').keys()]).toEqual(['here', 'elsewhere'])
  expect(withoutVanished(ticked, [], '/tokens?status=revoked')).toBe(ticked)
})
