import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'

export type UsedToken = {
  readonly id: string
  readonly name: string
  readonly organizationId: string
  readonly revealedAt: Date
  readonly lastUsedAt: Date
  readonly revokedAt: Date | null
  readonly expiresAt: Date | null
}

/** The tokens of organizations that were used, of a database that holds nothing but the sample data. */
export async function listUsedTokens(tx: Transaction): Promise<UsedToken[]> {
  const rows = await tx.execute<
    Record<'id' | 'name' | 'organizationId' | 'revealedAt' | 'lastUsedAt', string> &
      Record<'revokedAt' | 'expiresAt', string | null>
  >(sql`
    select id, name, organization_id as "organizationId", revealed_at as "revealedAt", last_used_at as "lastUsedAt",
      revoked_at as "revokedAt", expires_at as "expiresAt"
    from tokens where last_used_at is not null and revealed_at is not null and organization_id is not null
    order by created_at, name`)
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return rows.map(({ id, name, organizationId, ...at }) => ({
    ...{ id, name, organizationId, revealedAt: new Date(at.revealedAt), lastUsedAt: new Date(at.lastUsedAt) },
    ...{ revokedAt: date(at.revokedAt), expiresAt: date(at.expiresAt) },
  }))
}
