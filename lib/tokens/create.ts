import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { violatedConstraint } from '#db/errors'
import { findServiceAccount } from '#db/queries/service-accounts'
import { findToken, insertToken, updateToken } from '#db/queries/tokens'
import { type AuditActor, recordAudit } from '#lib/audit/record'
import { actsFrom } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import {
  type DeviceIds,
  requireDevices,
  requireWithinOwnDevices,
  requireWithinOwnersDevices,
} from '#lib/devices/choice'
import { DomainError, notFound } from '#lib/errors'
import { nameKey } from '#lib/names'
import type { Organization } from '#lib/organizations/load'
import { chooseLifetime, type Lifetime } from '#lib/policies/lifetime'
import { DEFAULT_SCOPES } from '#lib/scopes/effective'
import { requireGrantable, requireWithinOwner } from '#lib/scopes/grant'
import { callersBounds, lifeWithin } from '#lib/tokens/callers-bounds'
import { buryToken } from '#lib/tokens/delete'
import { holdHome } from '#lib/tokens/hold'
import { requireOpen, requirePerson } from '#lib/tokens/home'
import { makeRoom } from '#lib/tokens/limit'
import { nameTaken, requireFreeName } from '#lib/tokens/name'
import { presentToken } from '#lib/tokens/present'
import type { CreateTokenInput } from '#lib/tokens/schema'
import { newTokenId } from '#lib/tokens/secret'
import type { TokenView } from '#lib/tokens/view'

/**
 * Makes a token of an organization, of one of its API users, or a personal one of the actor's own, not revealed yet: it
 * has no secret until somebody reveals it. Where the tier has it so, at the limit it takes the place of the oldest, if
 * that is the one that `replaces` names; the old one is deleted with it. One made by a token is good from no further
 * addresses, and for no longer, than that one.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `api_user_disabled`, `name_taken`,
 * `over_policy`, `not_held`, `token_limit`, `would_replace`
 */
export async function createToken(ctx: AnyContext, input: z.output<typeof CreateTokenInput>): Promise<TokenView> {
  return ctx.db.transaction(async (tx) => {
    const scopes = input.scopes ?? DEFAULT_SCOPES
    const { home, actor } = await holdHome(tx, ctx, input.organizationId, 'tokens.manage', scopes)
    const { organization } = home
    const now = ctx.clock()
    requireOpen(home)
    const owner = await ownerOf(tx, { actor }, organization, input)
    // The name of the one that goes is free; where it stays after all, PostgreSQL refuses the second.
    await requireFreeName(tx, input.name, {
      ownerId: owner.id,
      ...(input.replaces === undefined ? {} : { exceptTokenId: input.replaces }),
    })
    const bounds = await callersBounds(tx, actor)
    const lifetime = lifeWithin(bounds, chooseLifetime(input.expiration, home.policies, { now, countedFrom: now }), {
      chosen: input.expiration !== undefined,
    })
    requireGrantable(actor, home, scopes)
    const { devices = null } = input
    requireWithinOwnDevices(actor, organization, devices)
    await requireDevices(tx, organization, devices)
    if (owner.apiUser !== null) {
      requireWithinOwner({ apiUserRole: owner.apiUser.role, apiUserScopes: owner.apiUser.scopes }, scopes, home)
      requireWithinOwnersDevices(owner.apiUser.devices, devices)
    }
    const replaced = await makeRoom(tx, home, input.replaces, now)
    if (replaced !== null && replaced.id === actor.token?.id) throw replacesItself()
    if (replaced !== null)
      await buryToken(tx, ctx, { ...replaced, organizationId: input.organizationId }, now, input.name)
    const id = await addToken(tx, ctx.actor, {
      ...owner.of,
      name: input.name,
      scopes,
      devices,
      ipRanges: bounds?.ipRanges,
      lifetime,
      now,
    })
    if (replaced !== null) await updateToken(tx, replaced.id, { replacedBy: id, updatedAt: now })
    const token = await findToken(tx, id)
    if (token === null) throw new Error('a token just made is gone')
    return presentToken(token, home, { ...ctx, now })
  })
}

const replacesItself = () =>
  new DomainError(
    'would_replace',
    'A token cannot replace itself. Rotate it to get a new secret, or have another token or an admin make the new one.',
  )

// The organization is held, so what its API user is stays so until the token is made.
async function ownerOf(
  tx: Transaction,
  { actor }: Pick<AnyContext, 'actor'>,
  organization: Organization | null,
  { serviceAccountId }: Pick<z.output<typeof CreateTokenInput>, 'serviceAccountId'>,
) {
  if (organization === null) {
    if (serviceAccountId !== undefined) throw notFound()
    const userId = requirePerson(actor)
    return { id: userId, apiUser: null, of: { kind: 'personal', userId } as const }
  }
  if (serviceAccountId === undefined)
    return {
      id: organization.id,
      apiUser: null,
      of: { kind: 'organization', organization, handedOverById: actsFrom(actor, organization) } as const,
    }
  const apiUser = await findServiceAccount(tx, organization.id, serviceAccountId)
  if (apiUser === null) throw notFound()
  if (apiUser.disabledAt !== null)
    throw new DomainError('api_user_disabled', `${apiUser.name} is disabled. Enable it first.`)
  return {
    id: apiUser.id,
    apiUser,
    of: { kind: 'service', organization, serviceAccountId, handedOverById: actsFrom(actor, organization) } as const,
  }
}

type NewToken = {
  readonly name: string
  /** null or absent: not narrowed. */
  readonly devices?: DeviceIds
  /** Empty or absent: from anywhere. */
  readonly ipRanges?: readonly string[] | undefined
  readonly lifetime: Lifetime
  readonly now: Date
} & (
  | {
      readonly kind: 'organization'
      readonly organization: Pick<Organization, 'id'>
      /** The organization above on whose behalf it is made; null: made by its own people. */
      readonly handedOverById: string | null
      readonly scopes: readonly string[]
    }
  | {
      readonly kind: 'service'
      readonly organization: Pick<Organization, 'id'>
      readonly serviceAccountId: string
      readonly handedOverById?: string | null
      readonly scopes: readonly string[]
    }
  /** `scopes` null: whatever its owner has. */
  | { readonly kind: 'personal'; readonly userId: string; readonly scopes: readonly string[] | null }
)

/**
 * Writes a token of any kind with its audit event and gives its id. It checks nothing: not the limit, the policies,
 * nor who asks; that is for its callers.
 */
export async function addToken(tx: Transaction, actor: AuditActor, token: NewToken): Promise<string> {
  const id = newTokenId()
  const organizationId = token.kind === 'personal' ? null : token.organization.id
  try {
    await insertToken(tx, {
      id,
      kind: token.kind,
      organizationId,
      userId: token.kind === 'personal' ? token.userId : null,
      serviceAccountId: token.kind === 'service' ? token.serviceAccountId : null,
      name: token.name,
      nameKey: nameKey(token.name),
      scopes: token.scopes === null ? null : [...token.scopes],
      devices: token.devices == null ? null : [...token.devices],
      ipRanges: [...(token.ipRanges ?? [])],
      createdAt: token.now,
      createdBy: actor.userId,
      handedOverById: token.kind === 'personal' ? null : (token.handedOverById ?? null),
      updatedAt: token.now,
      ...token.lifetime,
    })
  } catch (error) {
    if (violatedConstraint(error) === 'tokens_name') throw nameTaken(token.name)
    throw error
  }
  await recordAudit(tx, actor, {
    at: token.now,
    action: 'token.created',
    organizationId,
    target: { type: 'token', id, name: token.name },
  })
  return id
}
