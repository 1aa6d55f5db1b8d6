import type { z } from 'zod'
import type { Database } from '#db/client'
import { violatedConstraint } from '#db/errors'
import { consumeLink } from '#db/queries/one-time-links'
import { anyOrganization, insertOrganization } from '#db/queries/organizations'
import { insertServiceAccount } from '#db/queries/service-accounts'
import { createUser } from '#lib/accounts/create-user'
import { linkDigest } from '#lib/accounts/link'
import { hashPassword } from '#lib/accounts/password'
import type { SetUpInput } from '#lib/accounts/schema'
import { recordAudit } from '#lib/audit/record'
import type { Clock } from '#lib/clock'
import { DomainError } from '#lib/errors'
import { nameKey } from '#lib/names'
import { loadOrganization } from '#lib/organizations/load'
import { endOfLife, usualLifetimeDays } from '#lib/policies/lifetime'
import { addToken } from '#lib/tokens/create'

/**
 * Makes the platform, its first admin, and the API user `Gateway` with a verifier token that waits to be revealed; the
 * one-time link is used up in the same transaction.
 * @throws DomainError `link_used`, `already_set_up`, `busy`
 */
export async function setUp(
  { db, clock, ip, userAgent }: { db: Database; clock: Clock; ip: string | null; userAgent: string | null },
  input: z.output<typeof SetUpInput>,
): Promise<{ gatewayTokenId: string }> {
  if (await anyOrganization(db)) throw alreadySetUp()
  const passwordHash = await hashPassword(input.password)
  const now = clock()
  try {
    return await db.transaction(async (tx) => {
      if (!(await consumeLink(tx, { digest: linkDigest(input.link), purpose: 'setup' }, now)))
        throw new DomainError('link_used', 'This link has run out or was used. Restart Tokenry: it prints a new one.')
      const { id } = await insertOrganization(tx, {
        kind: 'platform',
        slug: 'platform',
        name: input.platformName,
        contact: input.email,
        createdAt: now,
      })
      const organization = await loadOrganization(tx, id)
      if (organization === null) throw new Error('the platform just made is gone')
      const { id: userId } = await createUser(tx, {
        email: input.email,
        name: input.name,
        passwordHash,
        organization,
        role: 'admin',
        now,
        ip,
        userAgent,
      })
      const actor = { userId, email: input.email, ip, userAgent }
      await recordAudit(tx, actor, {
        at: now,
        action: 'organization.created',
        organizationId: id,
        target: { type: 'organization', id, name: input.platformName },
      })
      const gateway = await insertServiceAccount(tx, {
        organizationId: id,
        name: 'Gateway',
        nameKey: nameKey('Gateway'),
        role: 'admin',
        scopes: ['tokens:verify'],
        createdAt: now,
      })
      const lifetimeDays = usualLifetimeDays(organization.policies)
      const gatewayTokenId = await addToken(tx, actor, {
        kind: 'service',
        organization,
        serviceAccountId: gateway.id,
        name: 'Gateway',
        scopes: ['tokens:verify'],
        lifetime: { lifetimeDays, expiresAt: endOfLife(now, lifetimeDays) },
        now,
      })
      return { gatewayTokenId }
    })
  } catch (error) {
    if (violatedConstraint(error) === 'organizations_one_platform') throw alreadySetUp()
    throw error
  }
}

const alreadySetUp = () => new DomainError('already_set_up', 'Tokenry is set up already. Sign in.')
