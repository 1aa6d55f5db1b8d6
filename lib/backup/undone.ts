import type { Difference } from '#db/backup/since'
import { statusOf } from '#lib/tokens/status'

/** A token that is active in the restored database, and was ended or given another secret in the old one. */
export type Undone = Pick<Difference, 'tokenId' | 'name' | 'owner'> & {
  readonly what: 'revoked' | 'deleted' | 'rotated'
  readonly at: Date
  /** Its secret of then works again; else it has none and can be revealed again. */
  readonly works: boolean
  /** Revoking again ends it: not where it was rotated and its secret of then still worked beside the new one. */
  readonly revocable: boolean
  /** Why it was revoked, and whether it leaked. */
  readonly reason: string | null
  readonly compromised: boolean
}

/** What a restore makes undone of the ends of tokens, at that instant, oldest first. It looks at tokens alone, not at whether their owners' may be used. */
export function undoneBy(differences: readonly Difference[], now: Date): Undone[] {
  return differences.flatMap((each) => undoneOf(each, now)).toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function undoneOf({ tokenId, name, owner, old, restored, isOtherSecret, retiresAt }: Difference, now: Date): Undone[] {
  if (statusOf(restored, now) !== 'active') return []
  const works = restored.mintedAt !== null
  const known = { tokenId, name, owner, works, reason: old.revokeReason, compromised: old.compromised }
  if (old.deletedAt !== null) return [{ ...known, what: 'deleted', at: old.deletedAt, revocable: true }]
  if (old.revokedAt !== null) return [{ ...known, what: 'revoked', at: old.revokedAt, revocable: true }]
  if (!isOtherSecret || old.mintedAt === null) return []
  const hadEnded = retiresAt === null || retiresAt <= now
  return [{ ...known, what: 'rotated', at: old.mintedAt, revocable: hadEnded, reason: null, compromised: false }]
}
