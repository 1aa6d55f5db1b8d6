import type { Difference } from '#db/backup/since'
import { type Change, describeChanges } from '#lib/tokens/changes'
import { statusOf } from '#lib/tokens/status'
import { livesLonger, reachesFurther, scopesAdded } from '#lib/tokens/wider'

/** A token that may more again than it might in the old database. */
export type Wider = Pick<Difference, 'tokenId' | 'name' | 'owner'> & {
  /** From the old database's to the restored one's. */
  readonly changes: readonly Change[]
}

/**
 * The tokens in force whose expiry, scopes or ranges were narrowed after the backup, and are wide again. Those that had
 * been revoked or deleted are not among them.
 */
export function widerBy(differences: readonly Difference[], now: Date): Wider[] {
  return differences.flatMap(({ tokenId, name, owner, old, restored }) => {
    if (old.deletedAt !== null || old.revokedAt !== null || statusOf(restored, now) !== 'active') return []
    const changes = describeChanges(old, {
      ...(livesLonger(old.expiresAt, restored.expiresAt) ? { expiresAt: restored.expiresAt } : {}),
      ...(mayMore(old.scopes, restored.scopes) ? { scopes: restored.scopes } : {}),
      ...(reachesFurther(old.ipRanges, restored.ipRanges) ? { ipRanges: restored.ipRanges } : {}),
    })
    return changes.length === 0 ? [] : [{ tokenId, name, owner, changes }]
  })
}

// null is all that its owner has, the widest.
const mayMore = (before: readonly string[] | null, after: readonly string[] | null) =>
  before !== null && (after === null || scopesAdded(before, after).length > 0)
