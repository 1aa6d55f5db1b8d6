import { listActivePersonalTokens } from '#db/queries/personal-tokens'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import { requirePlatform } from '#lib/organizations/hold'
import type { ListPersonalTokensInput } from '#lib/tokens/schema'
import { headOf } from '#lib/tokens/secret'
import type { PersonalTokensOf } from '#lib/tokens/view'

const LISTED = 100

/**
 * The newest 100 active personal tokens of a person, masked and without their names, for an admin of the platform who is
 * to revoke some of them.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function listPersonalTokensOf(
  ctx: Context,
  { userId }: ListPersonalTokensInput,
): Promise<PersonalTokensOf> {
  await requirePlatform(ctx.db, ctx, 'personalTokens.revoke')
  const found = await listActivePersonalTokens(ctx.db, userId, { now: ctx.clock(), limit: LISTED })
  if (found === null) throw notFound()
  return {
    organizations: found.organizations,
    tokens: found.tokens.map(({ prefix, ...token }) => ({ ...token, head: headOf(prefix ?? ctx.prefix, 'personal') })),
  }
}
