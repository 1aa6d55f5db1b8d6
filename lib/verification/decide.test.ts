import { describe, expect, test } from 'vitest'
import type { Place, Reason, TokenFacts } from '#lib/verification/decide'
import {
  alder,
  type Case,
  caseOf,
  JUST_NOW,
  judge,
  NOW,
  organizationToken,
  platform,
  reasonOf,
  SOON,
  TOKENS,
} from '#lib/verification/testing/judged'

const withPlaces = (facts: TokenFacts, change: (each: Place) => Place): TokenFacts =>
  facts.kind === 'personal'
    ? { ...facts, memberships: facts.memberships.map((each) => ({ ...each, place: change(each.place) })) }
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
          facts: {
            ...each.facts,
            memberships: [...each.facts.memberships, { place: alder, role: 'viewer', resources: null }],
          },
        },
  not_a_member: (each) => ({ ...each, request: { ...each.request, organization: platform } }),
  suspended: (each) => ({ ...each, facts: withPlaces(each.facts, (at) => ({ ...at, suspended: true })) }),
  api_user_disabled: (each) =>
    each.facts.kind !== 'service'
      ? null
      : { ...each, facts: { ...each.facts, apiUser: { ...each.facts.apiUser, disabled: true } } },
  expired: (each) => ({ ...each, facts: { ...each.facts, expiresAt: NOW.getTime() } }),
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

test('a secret and a token hold until the very instant they end, and a date that is none never holds', () => {
  const at = (retiresAt: Date | null, expiresAt: Date | null) =>
    reasonOf({ ...caseOf({ ...organizationToken, expiresAt: expiresAt?.getTime() ?? null }), retiresAt })
  expect(at(SOON, SOON)).toBeNull()
  expect(at(NOW, SOON)).toBe('secret_retired')
  expect(at(JUST_NOW, SOON)).toBe('secret_retired')
  expect(at(SOON, NOW)).toBe('expired')
  expect(at(SOON, new Date(Number.NaN))).toBe('expired')
  expect(at(new Date(Number.NaN), SOON)).toBe('secret_retired')
})
