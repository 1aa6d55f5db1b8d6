import { describe, expect, test } from 'vitest'
import { parseAddress, parseRange } from '#lib/network'
import { NO_RESOURCE, type Place, type Reason, type Request, type TokenFacts } from '#lib/verification/decide'
import {
  alder,
  birch,
  caseOf,
  judge,
  northwind,
  organizationToken,
  personalToken,
  platform,
  reasonOf,
  request,
  serviceToken,
  southgate,
  TOKENS,
} from '#lib/verification/testing/judged'

describe('organizations', () => {
  const named = (facts: TokenFacts, organization: Request['organization'], within: string | null = 'platform') =>
    judge({ ...caseOf(facts), request: { ...request, organization, within } })
  const inactive = (reason: Reason) => ({ active: false, reason })

  test('an organization token counts in its own organization, or in one below that is named', () => {
    for (const facts of [organizationToken, serviceToken]) {
      expect(named(facts, 'absent')).toMatchObject({ active: true, place: northwind })
      expect(named(facts, northwind)).toMatchObject({ active: true, place: northwind })
      expect(named(facts, alder)).toMatchObject({ active: true, place: alder })
    }
  })

  test('an organization token does not reach above, beside, or into a closed organization', () => {
    for (const facts of [organizationToken, serviceToken])
      for (const elsewhere of [platform, southgate, { ...alder, closed: true }])
        expect(named(facts, elsewhere)).toEqual(inactive('not_a_member'))
  })

  test('a suspended organization below refuses the tokens of those above it', () => {
    expect(named(organizationToken, { ...alder, suspended: true })).toEqual(inactive('suspended'))
  })

  test("a token or an organization outside the caller's tree is not found, nor is one that does not exist", () => {
    for (const facts of TOKENS) {
      expect(named(facts, 'absent', 'southgate')).toEqual(inactive('not_found'))
      expect(named(facts, southgate, 'northwind')).toEqual(inactive('not_found'))
      expect(named(facts, platform, 'northwind')).toEqual(inactive('not_found'))
      expect(named(facts, 'unknown')).toEqual(inactive('not_found'))
    }
  })

  test('a personal token counts where its owner is a member, not below it', () => {
    expect(named(personalToken, northwind)).toMatchObject({ active: true, place: northwind })
    expect(named(personalToken, alder)).toEqual(inactive('not_a_member'))
    expect(named(personalToken, platform)).toEqual(inactive('not_a_member'))
  })

  test("a personal token counts without naming its owner's only membership in the caller's tree", () => {
    const facts: TokenFacts = {
      ...personalToken,
      memberships: [
        { place: southgate, role: 'admin', resources: null },
        { place: alder, role: 'member', resources: null },
        { place: { ...birch, closed: true }, role: 'member', resources: null },
      ],
    }
    expect(named(facts, 'absent', 'northwind')).toMatchObject({ active: true, place: alder })
    expect(named(facts, 'absent', 'platform')).toEqual(inactive('organization_required'))
    expect(named(facts, southgate, 'platform')).toMatchObject({ active: true, place: southgate })
    expect(named(facts, birch, 'northwind')).toEqual(inactive('not_a_member'))
    expect(named(facts, 'absent', 'birch')).toEqual(inactive('not_found'))
  })

  test("a personal token has in each organization what its owner's role there holds", () => {
    const facts: TokenFacts = {
      ...personalToken,
      memberships: [
        { place: southgate, role: 'admin', resources: null },
        { place: alder, role: 'viewer', resources: null },
      ],
    }
    const writes = (organization: Place) =>
      reasonOf({ ...caseOf(facts), request: { ...request, organization, scopes: ['tokens:write'] } })
    expect(writes(southgate)).toBeNull()
    expect(writes(alder)).toBe('insufficient_scope')
  })
})

describe('what a token is narrowed to', () => {
  const narrowed: TokenFacts = {
    ...organizationToken,
    resources: ['device:1', 'device:2'],
    ranges: ['203.0.113.0/24', '2001:db8::/32'].map(parseRange).filter((range) => range !== null),
  }
  const asked = (address: string | null, resource: Request['resource']) =>
    reasonOf({
      ...caseOf(narrowed),
      request: { ...request, address: address === null ? null : parseAddress(address), resource },
    })

  test('a token narrowed to devices needs one of them to be said', () => {
    expect(asked('203.0.113.9', 'device:2')).toBeNull()
    expect(asked('203.0.113.9', 'device:3')).toBe('resource_not_allowed')
    expect(asked('203.0.113.9', null)).toBe('resource_not_allowed')
    expect(asked('203.0.113.9', NO_RESOURCE)).toBeNull()
  })

  test('a token narrowed to address ranges needs an address within them to be said', () => {
    expect(asked('2001:db8::1', 'device:1')).toBeNull()
    expect(asked('::ffff:203.0.113.9', 'device:1')).toBeNull()
    expect(asked('203.0.114.9', 'device:1')).toBe('ip_not_allowed')
    expect(asked(null, 'device:1')).toBe('ip_not_allowed')
  })

  describe('a device of one organization is never reached by the same id in another', () => {
    const service = (resources: TokenFacts['resources'], owners: TokenFacts['resources']): TokenFacts => ({
      ...serviceToken,
      resources,
      apiUser: { ...serviceToken.apiUser, resources: owners },
    })
    const one = ['device:1']
    test.each<[string, TokenFacts]>([
      ['an organization token', { ...organizationToken, resources: one }],
      ['a service token', service(one, null)],
      ['a service token by its API user', service(null, one)],
      ['a service token by both', service(one, one)],
    ])('%s of an organization above', (_, facts) => {
      const reached = (organization: Request['organization'], resource: Request['resource'] = 'device:1') =>
        judge({ ...caseOf(facts), request: { ...request, organization, resource } })
      for (const own of ['absent', northwind, { ...northwind }] as const)
        expect(reached(own)).toMatchObject({ active: true, resources: one })
      for (const below of [alder, birch]) {
        expect(reached(below)).toEqual({ active: false, reason: 'resource_not_allowed' })
        expect(reached(below, NO_RESOURCE)).toMatchObject({ active: true, resources: [] })
      }
      for (const elsewhere of [platform, southgate])
        expect(reached(elsewhere)).toEqual({ active: false, reason: 'not_a_member' })
    })

    test('a personal token by another membership of its owner, nor by a list of its own', () => {
      for (const own of [null, one])
        for (const here of [null, [], one, ['device:2']])
          for (const there of [null, [], one, ['device:2']]) {
            const memberships = [
              { place: alder, role: 'member', resources: here },
              { place: birch, role: 'member', resources: there },
            ] as const
            const facts: TokenFacts = { ...personalToken, resources: own, memberships }
            for (const { place, resources } of memberships)
              expect(
                reasonOf({ ...caseOf(facts), request: { ...request, organization: place, resource: 'device:1' } }),
                JSON.stringify({ own, here, there, at: place.id }),
              ).toBe(own === null && (resources === null || resources === one) ? null : 'resource_not_allowed')
          }
    })
  })
})
