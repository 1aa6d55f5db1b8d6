import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#db/client'
import { findProof, findRevoked } from '#db/queries/revocations'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import { requirePlatform } from '#lib/organizations/hold'
import { loadOrganization } from '#lib/organizations/load'
import type { Proof } from '#lib/verifiers/view'

const EVERY_MS = 15
const LONGEST_MS = 1000

/**
 * How the verifiers answered these revocations, all of one owner's tokens, for whoever may revoke those; to everybody
 * else there are none. It tells nothing of the tokens. A token may have been restored or deleted since.
 * @throws DomainError `not_found`, also where they are older than an hour
 */
export async function readProof(ctx: Context, revocations: readonly number[]): Promise<Proof> {
  const { count, owners } = await findRevoked(ctx.db, revocations)
  const [owner] = owners
  if (owner === undefined || owners.length > 1 || count < revocations.length) throw notFound()
  await requireRevoker(ctx, owner)
  const proof = await findProof(ctx.db, revocations)
  if (proof === null) throw notFound()
  return proof
}

type Owner = { readonly organizationId: string | null; readonly userId: string | null }

async function requireRevoker(ctx: Context, { organizationId, userId }: Owner): Promise<void> {
  if (organizationId !== null) {
    const organization = await loadOrganization(ctx.db, organizationId)
    if (organization === null || !can(ctx.actor, 'tokens.manage', organization)) throw notFound()
    return
  }
  if (userId === ctx.actor.userId) return
  try {
    await requirePlatform(ctx.db, ctx, 'personalTokens.revoke')
  } catch {
    throw notFound()
  }
}

/**
 * The proof of a committed revocation as it stands once every verifier has answered, or after about a second. Null where
 * it could not be read: it never throws, since what was revoked is revoked. It does not ask who reads.
 */
export async function awaitProof(db: Database, revocation: number): Promise<Proof | null> {
  let latest: Proof | null = null
  const stop = new AbortController()
  const poll = async () => {
    while (!stop.signal.aborted) {
      latest = (await findProof(db, [revocation])) ?? latest
      if (latest === null || latest.verifiers.every(({ afterMs }) => afterMs !== null)) return
      await sleep(EVERY_MS, undefined, { signal: stop.signal })
    }
  }
  await Promise.race([poll().catch(() => {}), sleep(LONGEST_MS, undefined, { signal: stop.signal }).catch(() => {})])
  stop.abort()
  return latest
}
