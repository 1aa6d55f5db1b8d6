import { listScopes } from '#db/queries/scopes'
import { countActiveTokens } from '#db/queries/tokens'
import type { Context } from '#lib/context'
import { listScopeOptions } from '#lib/scopes/grant'
import { authorize } from '#lib/tokens/hold'
import { type Home, mayAt } from '#lib/tokens/home'
import type { TokenFormOptions } from '#lib/tokens/view'

/** What the token dialogs need to know of a home and of the actor's rights there. */
export async function tokenFormOptions(ctx: Context, home: Home): Promise<TokenFormOptions> {
  authorize(ctx, 'tokens.see', home)
  const { organization, policies } = home
  return {
    organizationId: organization?.id ?? null,
    organizationName: organization?.name ?? null,
    used: organization === null ? 0 : await countActiveTokens(ctx.db, organization.id, ctx.clock()),
    limit: organization?.tokenLimit ?? null,
    tierName: organization?.tier?.name ?? null,
    ask: organization?.parent ?? null,
    scopes: listScopeOptions(ctx.actor, home, await listScopes(ctx.db)),
    longestLifetimeDays: policies.longestLifetimeDays,
    neverAllowed: policies.neverExpiringAllowed,
    mayManage: mayAt(ctx.actor, 'tokens.manage', home),
    mayReveal: mayAt(ctx.actor, 'tokens.reveal', home),
  }
}
