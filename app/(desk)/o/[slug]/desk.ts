import { cache } from 'react'
import { requireActor } from '#lib/actor'
import { openOrganization } from '#lib/organizations/load'
import { rememberOrganization } from '#lib/organizations/remember'
import { tokenFormOptions } from '#lib/tokens/form-options'
import { homeOf } from '#lib/tokens/home'
import { orNotFound } from '../../or-not-found'

/** Who looks, and at which organization; 404 where it does not exist for them, decided before anything is sent. */
export const openDesk = cache(async (slug: string) => {
  const ctx = await requireActor()
  const organization = await orNotFound(openOrganization(ctx.db, ctx.actor, slug))
  await rememberOrganization(ctx, organization)
  const home = homeOf(organization)
  return { ctx, organization, home, options: await tokenFormOptions(ctx, home) }
})
