import { countActiveTokens } from '#db/queries/tokens'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import type { Organization } from '#lib/organizations/load'
import { listScopeOptions } from '#lib/scopes/grant'
import { authorize } from '#lib/tokens/hold'
import type { TokenFormOptions } from '#lib/tokens/view'

/** What the token dialogs need to know of an organization and of the actor's rights in it. */
export async function tokenFormOptions(ctx: Context, organization: Organization): Promise<TokenFormOptions> {
  authorize(ctx, 'tokens.see', organization)
  return {
    organizationName: organization.name,
    used: await countActiveTokens(ctx.db, organization.id, ctx.clock()),
    limit: organization.tokenLimit,
    tierName: organization.tier?.name ?? null,
    ask: organization.parent,
    scopes: listScopeOptions(ctx.actor, organization),
    longestLifetimeDays: organization.policies.longestLifetimeDays,
    neverAllowed: organization.policies.neverExpiringAllowed,
    mayManage: can(ctx.actor, 'tokens.manage', organization),
    mayReveal: can(ctx.actor, 'tokens.reveal', organization),
  }
}
