import { expect } from 'vitest'
import type { Context } from '#lib/context'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'

export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** A world with an admin of Alder, who makes tokens there, and the actions that the trail tells of a token. */
export async function desk() {
  const world = await testWorld()
  const { sql } = world
  const admin = await world.person(world.alder, 'admin')
  const make = (name = 'Billing export', ctx: Context = admin) =>
    createToken(ctx, { organizationId: world.alder.id, name })
  const trail = async (tokenId: string) =>
    (await sql`select action from audit_events where target_id = ${tokenId} order by id`).map((row) => row['action'])
  return { ...world, admin, make, trail }
}

/** What a verb that refuses throws. */
export const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code })
