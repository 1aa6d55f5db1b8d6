import { expect, test } from 'vitest'
import { BUILT_IN_SCOPES, effectiveScopes, scopesHeldAnywhere, scopesOfRole } from '#lib/scopes/effective'

const ALL = BUILT_IN_SCOPES.map(({ name }) => name)
const OWN = ['measurements:write']

test('a viewer reads, a member also has what the tier adds, an admin also writes tokens', () => {
  expect(scopesOfRole('viewer', OWN)).toEqual(['data:read', 'reports:read', 'tokens:read'])
  expect(scopesOfRole('member', OWN)).toEqual(['data:read', 'reports:read', 'tokens:read', 'measurements:write'])
  expect(scopesOfRole('admin', OWN)).toEqual([
    'data:read',
    'reports:read',
    'tokens:read',
    'tokens:write',
    'measurements:write',
  ])
})

test('an organization token has what it stores', () => {
  expect(effectiveScopes({ kind: 'organization', stored: ALL })).toEqual(ALL)
  expect(effectiveScopes({ kind: 'organization', stored: [] })).toEqual([])
})

test('a scope that the tier lacks stops at once, for every kind of token', () => {
  const apiUser = { role: 'admin', scopes: OWN } as const
  for (const holder of [
    { kind: 'organization', stored: OWN },
    { kind: 'service', stored: OWN, apiUser },
    { kind: 'personal', stored: OWN, role: 'admin' },
  ] as const) {
    expect(effectiveScopes(holder, OWN)).toEqual(OWN)
    expect(effectiveScopes(holder, [])).toEqual([])
  }
})

test("a service token is bounded by itself, by its API user's scopes and by its API user's role", () => {
  const scopesFor = (stored: string[], scopes: string[], role: 'admin' | 'member' | 'viewer') =>
    effectiveScopes({ kind: 'service', stored, apiUser: { role, scopes } })
  expect(scopesFor(['data:read'], ALL, 'admin')).toEqual(['data:read'])
  expect(scopesFor(ALL, ['data:read'], 'admin')).toEqual(['data:read'])
  expect(scopesFor(ALL, ALL, 'viewer')).toEqual(['data:read', 'reports:read', 'tokens:read'])
  expect(scopesFor(ALL, ALL, 'member')).toEqual(['data:read', 'reports:read', 'tokens:read'])
  expect(scopesFor(ALL, ALL, 'admin')).toEqual(ALL)
})

test('a personal token without stored scopes has whatever its owner has', () => {
  for (const role of ['viewer', 'member', 'admin'] as const)
    expect(effectiveScopes({ kind: 'personal', stored: null, role }, OWN)).toEqual(scopesOfRole(role, OWN))
})

test('a personal token never carries more than it stores, more than its owner has, nor tokens:verify', () => {
  expect(effectiveScopes({ kind: 'personal', stored: ['data:read'], role: 'admin' })).toEqual(['data:read'])
  expect(effectiveScopes({ kind: 'personal', stored: ALL, role: 'viewer' })).toEqual(scopesOfRole('viewer'))
  expect(effectiveScopes({ kind: 'personal', stored: ALL, role: 'admin' })).not.toContain('tokens:verify')
  expect(effectiveScopes({ kind: 'personal', stored: null, role: 'admin' })).not.toContain('tokens:verify')
})

test('what a person holds is by the role and the tier of the same organization, in one of them at least', () => {
  const held = (...roles: Parameters<typeof scopesHeldAnywhere>[0]) => [...scopesHeldAnywhere(roles)]
  const has = { scopesOfTier: OWN }
  const lacks = { scopesOfTier: [] }
  expect(held()).toEqual([])
  for (const role of ['viewer', 'member', 'admin'] as const)
    for (const { scopesOfTier } of [has, lacks])
      expect(held({ role, scopesOfTier })).toEqual(scopesOfRole(role, scopesOfTier))
  expect(held({ role: 'viewer', ...has }, { role: 'admin', ...lacks })).toEqual(scopesOfRole('admin'))
  expect(held({ role: 'viewer', ...lacks }, { role: 'member', ...has })).toEqual(scopesOfRole('member', OWN))
  expect(held({ role: 'admin', ...lacks }, { role: 'member', ...has })).toEqual(
    expect.arrayContaining(['tokens:write', ...OWN]),
  )
})
