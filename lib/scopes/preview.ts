import type { z } from 'zod'
import { findScopeEditHits, findScopeRemovalHits } from '#db/queries/hits'
import { listScopes } from '#db/queries/scopes'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import { requirePlatform } from '#lib/organizations/hold'
import { tierNameOf } from '#lib/scopes/hold'
import type { EditScopeInput, ScopeNameInput } from '#lib/scopes/schema'
import type { ScopeLoss } from '#lib/scopes/view'

/**
 * Which active organization and service tokens would lose a scope by an edit; nothing is changed.
 * @throws DomainError `not_found`, `forbidden`, `invalid` beside the field
 */
export async function previewScope(
  ctx: Context,
  { name, tierId }: z.output<typeof EditScopeInput>,
): Promise<ScopeLoss> {
  await requireScope(ctx, name)
  await tierNameOf(ctx.db, tierId)
  const { scopes } = await findScopeEditHits(ctx.db, { name, tierId }, ctx.clock())
  const lost = scopes.find((each) => each.name === name)
  return { tokens: lost?.tokens ?? 0, first: lost?.first ?? [] }
}

/**
 * Which tokens carry a scope and would lose it by its removal, whatever their status. Personal ones are counted, and
 * their names stay their owners' business.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function previewScopeRemoval(ctx: Context, { name }: ScopeNameInput): Promise<ScopeLoss> {
  await requireScope(ctx, name)
  return findScopeRemovalHits(ctx.db, name)
}

async function requireScope(ctx: Context, name: string): Promise<void> {
  await requirePlatform(ctx.db, ctx, 'scopes.manage')
  if ((await listScopes(ctx.db)).every((scope) => scope.name !== name)) throw notFound()
}
