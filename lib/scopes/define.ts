import type { z } from 'zod'
import { violatedConstraint } from '#db/errors'
import { insertScope } from '#db/queries/scopes'
import { recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { holdPlatform } from '#lib/organizations/hold'
import { tierNameOf } from '#lib/scopes/hold'
import type { DefineScopeInput } from '#lib/scopes/schema'

/**
 * Defines a scope for the platform's own services.
 * @throws DomainError `not_found`, `forbidden`, `name_taken` and `invalid` beside the field
 */
export async function defineScope(ctx: Context, input: z.output<typeof DefineScopeInput>): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const platform = await holdPlatform(tx, ctx, 'scopes.manage')
    await tierNameOf(tx, input.tierId)
    const now = ctx.clock()
    await insertScope(tx, { ...input, createdAt: now }).catch((error) => {
      throw violatedConstraint(error) === 'scopes_pkey' ? taken(input.name) : error
    })
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'scope.defined',
      organizationId: platform.id,
      target: { type: 'scope', id: input.name, name: input.name },
    })
    return null
  })
}

function taken(name: string): DomainError {
  const message = `A scope named ${name} exists. Choose another name.`
  return new DomainError('name_taken', message, { name: message })
}
