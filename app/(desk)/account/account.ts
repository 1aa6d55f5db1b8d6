import { cache } from 'react'
import { requireActor } from '#lib/actor'
import { loadOrganization } from '#lib/organizations/load'
import { tokenFormOptions } from '#lib/tokens/form-options'
import { homeOf, loadPersonalHome } from '#lib/tokens/home'

/** Who looks at their account, and the home of their personal tokens. */
export const openAccount = cache(async () => {
  const ctx = await requireActor()
  const home = await loadPersonalHome(ctx.db, ctx.actor)
  return { ctx, home, options: await tokenFormOptions(ctx, home) }
})

/** The organization whose desk stands around the account: the one last used, else the first; null without any. */
export async function openLastDesk() {
  const ctx = await requireActor()
  const last = ctx.organizations.find(({ id }) => id === ctx.person.lastOrganizationId) ?? ctx.organizations[0]
  const organization = last === undefined ? null : await loadOrganization(ctx.db, last.id)
  return organization === null ? null : { organization, options: await tokenFormOptions(ctx, homeOf(organization)) }
}
