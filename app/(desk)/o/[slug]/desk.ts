import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requireActor } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { openOrganization } from '#lib/organizations/load'
import { rememberOrganization } from '#lib/organizations/remember'
import { tokenFormOptions } from '#lib/tokens/form-options'
import { homeOf } from '#lib/tokens/home'

/** Who looks, and at which organization; 404 where it does not exist for them, decided before anything is sent. */
export const openDesk = cache(async (slug: string) => {
  const ctx = await requireActor()
  const organization = await orNotFound(openOrganization(ctx.db, ctx.actor, slug))
  await rememberOrganization(ctx, organization)
  const home = homeOf(organization)
  return { ctx, organization, home, options: await tokenFormOptions(ctx, home) }
})

/** What a verb gives, or the page for what does not exist. */
export async function orNotFound<T>(found: Promise<T>): Promise<T> {
  try {
    return await found
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') notFound()
    throw error
  }
}
