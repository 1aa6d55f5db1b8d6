import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inRange, parseAddress, parseRange } from '#lib/network'
import { decide, NO_RESOURCE, type Place, type Request, type TokenFacts } from '#lib/verification/decide'
import { alder, birch, JUST_NOW, NOW, northwind, platform, SOON, southgate } from '#lib/verification/testing/judged'

// A scope of the platform's own.
const OWN = 'measurements:write'

test('a verdict is active only if every condition holds', () => {
  const roles = fc.constantFrom('admin', 'member', 'viewer')
  const places = fc
    .tuple(fc.constantFrom(platform, northwind, alder, birch, southgate), rarely(), rarely(), fc.subarray([OWN]))
    .map(([at, suspended, closed, scopesOfTier]): Place => ({ ...at, suspended, closed, scopesOfTier }))
  const ends = fc.constantFrom(null, null, null, SOON, NOW, JUST_NOW)
  const someScopes = fc.subarray(['data:read', 'reports:read', 'tokens:read', 'tokens:write', 'tokens:verify', OWN])
  const someResources = fc.constantFrom(null, null, null, [], ['device:1'], ['device:1', 'device:2'])
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
    resources: someResources,
    ranges,
    expiresAt: ends.map((end) => end?.getTime() ?? null),
    revoked: rarely(),
  }
  const facts: fc.Arbitrary<TokenFacts> = fc.oneof(
    fc.record({ ...common, kind: fc.constant('organization'), scopes: someScopes, place: places }),
    fc.record({
      ...common,
      kind: fc.constant('service'),
      scopes: someScopes,
      place: places,
      apiUser: fc.record({ role: roles, scopes: someScopes, resources: someResources, disabled: rarely() }),
    }),
    fc.record({
      ...common,
      kind: fc.constant('personal'),
      scopes: fc.option(someScopes),
      memberships: fc.uniqueArray(fc.record({ place: places, role: roles, resources: someResources }), {
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
    scopes: fc.subarray(['data:read', 'tokens:write', 'tokens:verify', OWN], { maxLength: 2 }),
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
      : [{ place: token.place, role: null, resources: token.kind === 'service' ? token.apiUser.resources : null }]
  const seat =
    named !== null && token.kind === 'personal' ? seats.find(({ place: at }) => at.id === named.id) : seats[0]
  const where = token.kind === 'personal' ? seat?.place : (named ?? token.place)
  const has = (scope: string) => {
    const ofTier = scope !== OWN || where?.scopesOfTier.includes(OWN) === true
    if (!ofTier) return false
    const byRole = (role: string) =>
      ['data:read', 'reports:read', 'tokens:read'].includes(scope) ||
      (role === 'admin' && scope === 'tokens:write') ||
      (role !== 'viewer' && scope === OWN)
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
    !token.revoked && (token.kind === 'personal' || !token.place.closed),
    token.kind !== 'service' || !token.apiUser.disabled,
    token.expiresAt === null || token.expiresAt > NOW.getTime(),
    token.ranges === null || token.ranges.some((range) => asked.address !== null && inRange(asked.address, range)),
    asked.scopes.every(has),
    // A list of devices is of one organization: the token's own, or the membership's.
    ...[
      { narrowing: token.resources, of: token.kind === 'personal' ? null : token.place.id },
      { narrowing: seat?.resources ?? null, of: seat?.place.id },
    ].map(
      ({ narrowing, of }) =>
        narrowing === null ||
        asked.resource === NO_RESOURCE ||
        (of === where?.id && narrowing.some((each) => each === asked.resource)),
    ),
  ].every(Boolean)
}
