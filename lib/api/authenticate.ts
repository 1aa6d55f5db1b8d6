import { findServiceAccount } from '#db/queries/service-accounts'
import { findUser } from '#db/queries/users'
import { readAddress } from '#lib/address'
import type { ApiHome } from '#lib/api/home'
import { type ActingToken, type AnyActor, roleOf } from '#lib/authorization'
import { addressOf, userAgentOf } from '#lib/request-headers'
import { secretString } from '#lib/tokens/secret'
import type { Reach } from '#lib/verification/decide'
import { recordCaller, recordRefusedCaller, whereItWorks } from '#lib/verification/own-credential'
import { findPresented, type Presented } from '#lib/verification/presented'
import type { Caller } from '#lib/verification/verify'

/**
 * Who acts by `Authorization: Bearer` (RFC 6750, 2.1): the token presented, judged as verification judges a caller's own
 * credential, with its use noted under the path's template. A token that works in several places needs the scope in one
 * of them at least: what it may do where is for the verbs to judge.
 * @throws DatabaseUnavailable, TooManyLookUps
 */
export async function authenticate(
  api: ApiHome,
  headers: Headers,
  { path, scope }: { readonly path: string; readonly scope: string | null },
): Promise<AnyActor | 'unauthenticated' | 'insufficient_scope'> {
  const caller = callerOf(headers, path)
  if (caller === null) return 'unauthenticated'
  const presented = await findPresented(api, caller.credential, caller)
  if (typeof presented === 'string') return 'unauthenticated'
  const now = api.clock()
  const reaches = whereItWorks(presented, caller, now)
  const [own, ...others] = reaches
  if (own === undefined || (scope !== null && !reaches.some(({ scopes }) => scopes.includes(scope)))) {
    recordRefusedCaller(api, presented, caller, now)
    return own === undefined ? 'unauthenticated' : 'insufficient_scope'
  }
  const actor = await actorOf(api, presented, reaches, own)
  if (actor === null) return 'unauthenticated'
  recordCaller(api, presented, caller, others.length === 0 ? own.place : null, now)
  return { ...actor, ip: addressOf(headers), userAgent: userAgentOf(headers), confirmedAt: null }
}

function callerOf(headers: Headers, path: string): Caller | null {
  const [, text] = /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
  if (text === undefined) return null
  const address = readAddress(addressOf(headers) ?? undefined)
  return {
    credential: secretString(text),
    path,
    address,
    userAgent: headers.get('user-agent') ?? undefined,
    anew: false,
  }
}

async function actorOf(
  { db }: ApiHome,
  { facts }: Presented,
  reaches: readonly Reach[],
  { place }: Reach,
): Promise<Pick<AnyActor, 'userId' | 'email' | 'memberships' | 'token'> | null> {
  const acting = (boundTo: string | null): ActingToken => ({
    id: facts.id,
    boundTo,
    reaches: reaches.map((reach) => ({
      organizationId: reach.place.id,
      scopes: reach.scopes,
      devices: reach.resources?.map((resource) => resource.replace(/^device:/, '')) ?? null,
    })),
  })
  if (facts.kind === 'personal') {
    const user = await findUser(db, facts.subject)
    const works = new Set(reaches.map((reach) => reach.place.id))
    const memberships = facts.memberships
      .filter((membership) => works.has(membership.place.id))
      .map((membership) => ({ organizationId: membership.place.id, role: membership.role }))
    return user && { userId: facts.subject, email: user.email, memberships, token: acting(null) }
  }
  const as = { userId: null, token: acting(place.id) }
  const at = { organizationId: place.id }
  if (facts.kind === 'organization')
    return { ...as, email: `Token ${facts.name}`, memberships: [{ ...at, role: roleOf(facts.scopes) }] }
  const apiUser = await findServiceAccount(db, place.id, facts.subject)
  return apiUser && { ...as, email: `API user ${apiUser.name}`, memberships: [{ ...at, role: facts.apiUser.role }] }
}
