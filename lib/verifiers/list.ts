import { hash } from 'node:crypto'
import { listVerifiers as selectVerifiers } from '#db/queries/verifiers'
import type { Context } from '#lib/context'
import { requirePlatform } from '#lib/organizations/hold'
import type { VerifierRow } from '#lib/verifiers/view'

/**
 * The verifiers heard of within 24 hours, by name: for admins of the platform.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function listVerifiers(ctx: Context): Promise<VerifierRow[]> {
  await requirePlatform(ctx.db, ctx, 'verifiers.see')
  return (await selectVerifiers(ctx.db)).map(({ hits, misses, lagMs, answering, lastSeenAt, ...row }) => ({
    ...row,
    silentSince: answering ? null : lastSeenAt,
    // Rounded down: 100 % is said only where nothing was missed.
    hitPercent: hits + misses === 0 ? null : Math.floor((hits / (hits + misses)) * 1000) / 10,
    lagMs: lagMs === null ? null : Math.max(1, Math.ceil(lagMs)),
  }))
}

/** A text that changes whenever that list would look different. */
export const verifiersVersion = async (ctx: Context): Promise<string> =>
  hash('sha256', JSON.stringify(await listVerifiers(ctx)), 'base64url')
