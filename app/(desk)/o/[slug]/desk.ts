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
  return { ctx, organization, home: homeOf(organization) }
})

/** What the token dialogs need to know there; asked beside what the page shows, since it counts tokens. */
export const openOptions = cache(async (slug: string) => {
  const { ctx, home } = await openDesk(slug)
  return tokenFormOptions(ctx, home)
})
