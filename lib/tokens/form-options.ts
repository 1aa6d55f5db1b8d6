import { anyDevice } from '#db/queries/devices'
import { findAwaitedAdmin } from '#db/queries/invitations'
import { listScopes } from '#db/queries/scopes'
import { countActiveTokens } from '#db/queries/tokens'
import { standing } from '#lib/authorization'
import type { Context } from '#lib/context'
import type { Organization } from '#lib/organizations/load'
import { tierView } from '#lib/organizations/present'
import { listScopeOptions } from '#lib/scopes/grant'
import { authorize } from '#lib/tokens/hold'
import { type Home, mayAt } from '#lib/tokens/home'
import { findReplaced } from '#lib/tokens/limit'
import type { TokenFormOptions } from '#lib/tokens/view'

/** What the token dialogs need to know of a home and of the actor's rights there. */
export async function tokenFormOptions(ctx: Context, home: Home): Promise<TokenFormOptions> {
  authorize(ctx, 'tokens.see', home)
  const { organization, policies } = home
  const mayManage = mayAt(ctx.actor, 'tokens.manage', home)
  const mayReveal = mayAt(ctx.actor, 'tokens.reveal', home)
  const [used, hasDevices, awaiting] =
    organization === null
      ? [0, false, null]
      : await Promise.all([
          countActiveTokens(ctx.db, organization.id, ctx.clock()),
          mayManage && anyDevice(ctx.db, organization.id),
          mayReveal ? null : findAwaitedAdmin(ctx.db, organization.id),
        ])
  return {
    organizationId: organization?.id ?? null,
    organizationName: organization?.name ?? null,
    used,
    limit: organization?.tokenLimit ?? null,
    replaces: organization === null ? null : await findReplaced(ctx.db, organization, ctx.clock()),
    tier: organization?.tier ? tierView(organization.tier) : null,
    ask: organization === null ? null : whomToAsk(ctx, organization),
    scopes: listScopeOptions(ctx.actor, home, await listScopes(ctx.db)),
    devicesUrl: organization !== null && hasDevices ? `/o/${organization.slug}/devices/choices` : null,
    longestLifetimeDays: policies.longestLifetimeDays,
    neverAllowed: policies.neverExpiringAllowed,
    mayManage,
    mayReveal,
    awaiting: mayManage ? awaiting : null,
  }
}

/** The parent; for an admin above it, with the way to where they change the tier themselves. */
function whomToAsk({ actor }: Context, organization: Organization): TokenFormOptions['ask'] {
  const { parent, slug } = organization
  if (parent === null) return null
  const above = standing(actor, organization).adminAbove
  return {
    name: parent.name,
    contact: parent.contact,
    changeTier: above ? `/o/${parent.slug}/customers?edit=${slug}` : null,
  }
}
