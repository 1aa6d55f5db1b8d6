import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inRange, parseAddress, parseRange } from '#lib/network'
import { decide, NO_RESOURCE, type Place, type Reason, type Request, type TokenFacts } from '#lib/verification/decide'

const NOW = new Date('2026-11-22T12:00:00Z')
const JUST_NOW = new Date(NOW.getTime() - 1)
const SOON = new Date(NOW.getTime() + 1)

const place = (...path: string[]): Place => {
  const id = path.at(-1) ?? ''
  return { id, slug: id, name: id, path, suspended: false, closed: false, tier: null }
}
const platform = place('platform')
const northwind = place('platform', 'northwind')
const alder = place('platform', 'northwind', 'alder')
const birch = place('platform', 'northwind', 'birch')
const southgate = place('platform', 'southgate')

type Case = { readonly facts: TokenFacts; readonly retiresAt: Date | null; readonly request: Request }

const shared = {
  id: 'id',
  name: 'name',
  subject: 'subject',
  resources: null,
  ranges: null,
  expiresAt: null,
  revoked: false,
}
const organizationToken: TokenFacts = { ...shared, kind: 'organization', scopes: ['data:read'], place: northwind }
const serviceToken: TokenFacts = {
  ...shared,
  kind: 'service',
  scopes: ['data:read'],
  place: northwind,
  apiUser: { role: 'viewer', scopes: ['data:read'], disabled: false },
}
const personalToken: TokenFacts = {
  ...shared,
  kind: 'personal',
  scopes: null,
  memberships: [{ place: northwind, role: 'viewer' }],
}

const request: Request = { within: 'platform', organization: 'absent', scopes: [], resource: null, address: null }
const caseOf = (facts: TokenFacts): Case => ({ facts, retiresAt: null, request })
const judge = ({ facts, retiresAt, request: asked }: Case) => decide(facts, retiresAt, asked, NOW)
const reasonOf = (each: Case) => {
  const verdict = judge(each)
  return verdict.active ? null : verdict.reason
}

const withPlaces = (facts: TokenFacts, change: (each: Place) => Place): TokenFacts =>
  facts.kind === 'personal'
    ? { ...facts, memberships: facts.memberships.map(({ place: at, role }) => ({ place: change(at), role })) }
    : { ...facts, place: change(facts.place) }

/** For each reason, what to change in a good case to earn it; null where that kind of token can't. */
const spoil: Record<Exclude<Reason, 'malformed'>, (each: Case) => Case | null> = {
  not_found: (each) => ({ ...each, request: { ...each.request, within: 'southgate' } }),
  secret_retired: (each) => ({ ...each, retiresAt: NOW }),
  revoked: (each) => ({ ...each, facts: { ...each.facts, revoked: true } }),
  organization_required: (each) =>
    each.facts.kind !== 'personal' || each.request.organization !== 'absent'
      ? null
      : {
          ...each,
          facts: { ...each.facts, memberships: [...each.facts.memberships, { place: alder, role: 'viewer' }] },
        },
  not_a_member: (each) => ({ ...each, request: { ...each.request, organization: platform } }),
  suspended: (each) => ({ ...each, facts: withPlaces(each.facts, (at) => ({ ...at, suspended: true })) }),
  api_user_disabled: (each) =>
    each.facts.kind !== 'service'
      ? null
      : { ...each, facts: { ...each.facts, apiUser: { ...each.facts.apiUser, disabled: true } } },
  expired: (each) => ({ ...each, facts: { ...each.facts, expiresAt: NOW } }),
  ip_not_allowed: (each) => ({ ...each, facts: { ...each.facts, ranges: [] } }),
  insufficient_scope: (each) => ({ ...each, request: { ...each.request, scopes: ['tokens:write'] } }),
  resource_not_allowed: (each) => ({ ...each, facts: { ...each.facts, resources: ['device:1'] } }),
}
const ORDER: (keyof typeof spoil)[] = [
  'not_found',
  'secret_retired',
  'revoked',
  'organization_required',
  'not_a_member',
  'suspended',
  'api_user_disabled',
  'expired',
  'ip_not_allowed',
  'insufficient_scope',
  'resource_not_allowed',
]
const TOKENS = [organizationToken, serviceToken, personalToken]

describe('a reason is given alone, and before every reason that comes after it', () => {
  for (const facts of TOKENS)
    for (const [index, first] of ORDER.entries()) {
      const spoilt = spoil[first](caseOf(facts))
      if (spoilt === null) continue
      test(`${facts.kind}: ${first}`, () => {
        expect(judge(caseOf(facts)).active).toBe(true)
        expect(reasonOf(spoilt)).toBe(first)
        for (const second of ORDER.slice(index + 1)) {
          // The organization is either absent or not the right one.
          const both = first === 'organization_required' && second === 'not_a_member' ? null : spoil[second](spoilt)
          if (both !== null) expect(reasonOf(both), `beside ${second}`).toBe(first)
        }
      })
    }
})

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
        { place: southgate, role: 'admin' },
        { place: alder, role: 'member' },
        { place: { ...birch, closed: true }, role: 'member' },
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
        { place: southgate, role: 'admin' },
        { place: alder, role: 'viewer' },
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
})

test('a secret and a token hold until the very instant they end, and a date that is none never holds', () => {
  const at = (retiresAt: Date | null, expiresAt: Date | null) =>
    reasonOf({ ...caseOf({ ...organizationToken, expiresAt }), retiresAt })
  expect(at(SOON, SOON)).toBeNull()
  expect(at(NOW, SOON)).toBe('secret_retired')
  expect(at(JUST_NOW, SOON)).toBe('secret_retired')
  expect(at(SOON, NOW)).toBe('expired')
  expect(at(SOON, new Date(Number.NaN))).toBe('expired')
  expect(at(new Date(Number.NaN), SOON)).toBe('secret_retired')
})

test('a verdict is active only if every condition holds', () => {
  const roles = fc.constantFrom('admin', 'member', 'viewer')
  const places = fc
    .tuple(fc.constantFrom(platform, northwind, alder, birch, southgate), rarely(), rarely())
    .map(([at, suspended, closed]): Place => ({ ...at, suspended, closed }))
  const ends = fc.constantFrom(null, null, null, SOON, NOW, JUST_NOW)
  const someScopes = fc.subarray(['data:read', 'reports:read', 'tokens:read', 'tokens:write', 'tokens:verify'])
  const ranges = fc.constantFrom(
    null,
    null,
    [],
    [parseRange('10.0.0.0/8')].filter((range) => range !== null),
  )
  const common = {
    id: fc.constant('id'),
    name: fc.constant('name'),
    subject: fc.constant('subject'),
    resources: fc.constantFrom(null, null, [], ['device:1']),
    ranges,
    expiresAt: ends,
    revoked: rarely(),
  }
  const facts: fc.Arbitrary<TokenFacts> = fc.oneof(
    fc.record({ ...common, kind: fc.constant('organization'), scopes: someScopes, place: places }),
    fc.record({
      ...common,
      kind: fc.constant('service'),
      scopes: someScopes,
      place: places,
      apiUser: fc.record({ role: roles, scopes: someScopes, disabled: rarely() }),
    }),
    fc.record({
      ...common,
      kind: fc.constant('personal'),
      scopes: fc.option(someScopes),
      memberships: fc.uniqueArray(fc.record({ place: places, role: roles }), {
        selector: (each) => each.place.id,
        maxLength: 3,
      }),
    }),
  )
  const requests: fc.Arbitrary<Request> = fc.record({
    within: fc.constantFrom(null, 'platform', 'platform', 'northwind', 'alder', 'southgate'),
    organization: fc.oneof(
      { weight: 4, arbitrary: fc.constant('absent') },
      { weight: 4, arbitrary: places },
      fc.constant('unknown'),
    ),
    scopes: fc.subarray(['data:read', 'tokens:write', 'tokens:verify'], { maxLength: 2 }),
    resource: fc.constantFrom(null, 'device:1', 'device:2', NO_RESOURCE),
    address: fc.constantFrom(null, parseAddress('10.1.2.3'), parseAddress('192.0.2.1')),
  })
  let actives = 0
  fc.assert(
    fc.property(facts, ends, requests, (token, retiresAt, asked) => {
      const verdict = decide(token, retiresAt, asked, NOW)
      expect(verdict.active).toBe(holds(token, retiresAt, asked))
      if (verdict.active) actives++
    }),
    { numRuns: 10_000 },
  )
  expect(actives).toBeGreaterThan(100)
})

const rarely = () => fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0)

/** The same rules in another form: a list of conditions, none of which knows of the others. */
function holds(token: TokenFacts, retiresAt: Date | null, asked: Request): boolean {
  const under = (each: Place, root: string | null) => root === null || each.path.includes(root)
  const named = typeof asked.organization === 'string' ? null : asked.organization
  const seats =
    token.kind === 'personal'
      ? token.memberships.filter(({ place: at }) => !at.closed && under(at, asked.within))
      : [{ place: token.place, role: null }]
  const seat =
    named !== null && token.kind === 'personal' ? seats.find(({ place: at }) => at.id === named.id) : seats[0]
  const where = token.kind === 'personal' ? seat?.place : (named ?? token.place)
  const has = (scope: string) => {
    const byRole = (role: string) =>
      ['data:read', 'reports:read', 'tokens:read'].includes(scope) || (role === 'admin' && scope === 'tokens:write')
    const stored = token.scopes === null || token.scopes.includes(scope)
    if (token.kind === 'organization') return stored
    if (token.kind === 'personal') return stored && byRole(seat?.role ?? '')
    const { role, scopes } = token.apiUser
    return stored && scopes.includes(scope) && (byRole(role) || (scope === 'tokens:verify' && role === 'admin'))
  }
  return [
    asked.organization !== 'unknown',
    where !== undefined && under(where, asked.within),
    token.kind === 'personal' || under(token.place, asked.within),
    token.kind === 'personal' || named === null || (under(named, token.place.id) && !named.closed),
    token.kind !== 'personal' || named !== null || seats.length === 1,
    where?.suspended !== true,
    retiresAt === null || retiresAt.getTime() > NOW.getTime(),
    !token.revoked,
    token.kind !== 'service' || !token.apiUser.disabled,
    token.expiresAt === null || token.expiresAt.getTime() > NOW.getTime(),
    token.ranges === null || token.ranges.some((range) => asked.address !== null && inRange(asked.address, range)),
    asked.scopes.every(has),
    token.resources === null ||
      asked.resource === NO_RESOURCE ||
      token.resources.some((each) => each === asked.resource),
  ].every(Boolean)
}
