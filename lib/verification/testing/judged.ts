import { decide, type Place, type Request, type TokenFacts } from '#lib/verification/decide'

/** When every case is judged. */
export const NOW = new Date('2026-11-22T12:00:00Z')
export const JUST_NOW = new Date(NOW.getTime() - 1)
export const SOON = new Date(NOW.getTime() + 1)

const place = (...path: string[]): Place => {
  const id = path.at(-1) ?? ''
  return { id, slug: id, name: id, path, suspended: false, closed: false, tier: null, scopesOfTier: [] }
}
/** A platform with two resellers, one of them with two customers. */
export const platform = place('platform')
export const northwind = place('platform', 'northwind')
export const alder = place('platform', 'northwind', 'alder')
export const birch = place('platform', 'northwind', 'birch')
export const southgate = place('platform', 'southgate')

/** A secret of a token, presented for something. */
export type Case = { readonly facts: TokenFacts; readonly retiresAt: Date | null; readonly request: Request }

const shared = {
  id: 'id',
  name: 'name',
  subject: 'subject',
  resources: null,
  ranges: null,
  expiresAt: null,
  revoked: false,
}
/** A token of each kind, of Northwind or of its member, that nothing stops. */
export const organizationToken = {
  ...shared,
  kind: 'organization',
  scopes: ['data:read'],
  place: northwind,
} satisfies TokenFacts
export const serviceToken = {
  ...shared,
  kind: 'service',
  scopes: ['data:read'],
  place: northwind,
  apiUser: { role: 'viewer', scopes: ['data:read'], resources: null, disabled: false },
} satisfies TokenFacts
export const personalToken = {
  ...shared,
  kind: 'personal',
  scopes: null,
  memberships: [{ place: northwind, role: 'viewer', resources: null }],
} satisfies TokenFacts

/** What those tokens are good for. */
export const request: Request = {
  within: 'platform',
  organization: 'absent',
  scopes: [],
  resource: null,
  address: null,
}
export const TOKENS: readonly TokenFacts[] = [organizationToken, serviceToken, personalToken]

/** A good case of that token, to be spoilt. */
export const caseOf = (facts: TokenFacts): Case => ({ facts, retiresAt: null, request })
export const judge = ({ facts, retiresAt, request: asked }: Case) => decide(facts, retiresAt, asked, NOW)
/** Why a case is refused; null where it is not. */
export const reasonOf = (each: Case) => {
  const verdict = judge(each)
  return verdict.active ? null : verdict.reason
}
