import type { Queryable, Transaction } from '#db/client'
import { listOwnOrganizations, lockOrganization, sharePolicies } from '#db/queries/organizations'
import { findToken, lockToken, type TokenRow } from '#db/queries/tokens'
import { type AnyActor, can, type Permission } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { asOfNow } from '#lib/organizations/as-of-now'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { shareScopes } from '#lib/scopes/share'
import { type Home, homeOf, loadPersonalHome, requirePerson } from '#lib/tokens/home'
import { TokenId } from '#lib/tokens/schema'

export type Held = { readonly token: TokenRow; readonly home: Home }

/** `actor`: whoever acts, with what they have once it is held. */
export type HeldBy = Held & { readonly actor: AnyActor }

/** `keeps`: under `anytime`, and that stays so until the transaction ends. */
export type HeldToReveal = HeldBy & { readonly keeps: boolean }

/**
 * Refuses unless the actor may do that at that home; who may not even see it is told that it does not exist.
 * @throws DomainError `not_found`, `forbidden`
 */
export function authorize(
  { actor }: Pick<AnyContext, 'actor'>,
  permission: Permission,
  home: Home | null,
): asserts home is Home {
  if (home === null) throw notFound()
  const { organization } = home
  if (organization === null) return
  if (!can(actor, 'tokens.see', organization)) throw notFound()
  if (!can(actor, permission, organization)) throw new DomainError('forbidden', refusal(permission, organization))
}

const refusal = (permission: Permission, organization: Organization) =>
  permission === 'tokens.reveal'
    ? `Only members of ${organization.name} can reveal it.`
    : `Only admins of ${organization.name} can do that.`

/**
 * The home of a token to be made, if the actor may do that there, held against everything else that counts its tokens,
 * and with it the scopes that the token is to have. `organizationId` null: the actor's own.
 */
export async function holdHome(
  tx: Transaction,
  ctx: AnyContext,
  organizationId: string | null,
  permission: Permission,
  scopes: readonly string[],
): Promise<Omit<HeldBy, 'token'>> {
  if (organizationId === null) {
    requirePerson(ctx.actor)
    await shareScopes(tx, scopes)
    return { home: await loadPersonalHome(tx, ctx.actor), actor: ctx.actor }
  }
  authorize(ctx, permission, await organizationHome(tx, organizationId))
  await lockOrganization(tx, organizationId)
  await shareScopes(tx, scopes)
  const home = await organizationHome(tx, organizationId)
  const actor = await latestActor(tx, ctx, home)
  authorize({ actor }, permission, home)
  return { home, actor }
}

/**
 * The token held until the transaction ends, if the actor may do that with it. `counting` also holds its organization,
 * first, for verbs that may add to what counts against the limit; then `scopes` that it is to be given.
 */
export async function holdToken(
  tx: Transaction,
  ctx: AnyContext,
  tokenId: string,
  permission: Permission,
  options: { readonly counting?: boolean; readonly scopes?: readonly string[] | undefined } = {},
): Promise<HeldBy> {
  const { home } = await seeToken(tx, ctx, tokenId)
  authorize(ctx, permission, home)
  if (options.counting === true && home.organization !== null) await lockOrganization(tx, home.organization.id)
  await shareScopes(tx, options.scopes)
  const token = await lockToken(tx, tokenId)
  if (token === null) throw notFound()
  const latest = await findHome(tx, ctx.actor, token)
  const actor = await latestActor(tx, ctx, latest)
  authorize({ actor }, permission, latest)
  return { token, home: latest, actor }
}

const latestActor = async (tx: Transaction, { actor }: Pick<AnyContext, 'actor'>, home: Home | null) =>
  home?.organization ? asOfNow(tx, actor, home.organization) : actor

/**
 * The token held to be revealed. Where policy `anytime` lets its secret be kept, nobody can tighten it before the
 * transaction ends: what is sealed here is there for tightening to destroy.
 */
export async function holdToReveal(tx: Transaction, ctx: AnyContext, tokenId: string): Promise<HeldToReveal> {
  const { home } = await seeToken(tx, ctx, tokenId)
  const places =
    home.organization === null ? ctx.actor.memberships.map((each) => each.organizationId) : [home.organization.id]
  const mayKeep = keepsSecrets(home) && ctx.sealKeys.length > 0 && places.length > 0
  if (mayKeep) await sharePolicies(tx, places)
  const held = await holdToken(tx, ctx, tokenId, 'tokens.reveal')
  if (!mayKeep) return { ...held, keeps: false }
  // Whoever joins an organization meanwhile has what is sealed of theirs destroyed once the token is free.
  const latest = held.home.organization === null ? await loadPersonalHome(tx, await asMember(tx, ctx.actor)) : held.home
  return { ...held, keeps: keepsSecrets(latest) }
}

async function asMember(tx: Transaction, actor: AnyActor): Promise<AnyActor> {
  const own = actor.userId === null ? [] : await listOwnOrganizations(tx, actor.userId)
  return { ...actor, memberships: own.map(({ id, role }) => ({ organizationId: id, role })) }
}

const keepsSecrets = ({ policies }: Home) => policies.revealPolicy === 'anytime'

/** A token as it stands, for an actor who may see it. Personal tokens are nobody else's business. */
export async function seeToken(db: Queryable, ctx: Pick<AnyContext, 'actor'>, tokenId: string): Promise<Held> {
  const token = TokenId.safeParse(tokenId).success ? await findToken(db, tokenId) : null
  if (token === null) throw notFound()
  const home = await findHome(db, ctx.actor, token)
  authorize(ctx, 'tokens.see', home)
  return { token, home }
}

async function findHome(db: Queryable, actor: AnyActor, token: TokenRow): Promise<Home | null> {
  if (token.organizationId !== null) return organizationHome(db, token.organizationId)
  // Whoever has got hold of one personal token is not to make others out of it.
  return token.userId === actor.userId && actor.token === undefined ? loadPersonalHome(db, actor) : null
}

async function organizationHome(db: Queryable, organizationId: string): Promise<Home | null> {
  const organization = await loadOrganization(db, organizationId)
  return organization === null ? null : homeOf(organization)
}
