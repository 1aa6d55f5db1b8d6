import { type Prospect, restoreBackup } from '#db/backup/restore'
import type { Transaction } from '#db/client'
import { findPlatform } from '#db/queries/organizations'
import { lockToken } from '#db/queries/tokens'
import { type AuditActor, recordAudit } from '#lib/audit/record'
import { type Undone, undoneBy } from '#lib/backup/undone'
import { type Wider, widerBy } from '#lib/backup/wider'
import type { Clock } from '#lib/clock'
import { revokeHeld } from '#lib/tokens/revoke'

/** What is about to become true, with what it makes undone; null: no old database could be asked. */
export type Outlook = Prospect & { readonly undone: readonly Undone[] | null; readonly wider: readonly Wider[] | null }

/** `stop` leaves the database as it was. */
export type Decision = 'restore' | 'restore and revoke again' | 'stop'

type Options = Omit<Parameters<typeof restoreBackup>[1], 'settle'> & {
  readonly now: Date
  readonly decide: (outlook: Outlook) => Promise<Decision>
}

/**
 * Restores a backup, and if that is decided revokes again what the old database had ended: in one transaction, with the
 * trail. Null if it was decided against.
 * @throws Error with one sentence, as `restoreBackup` does
 */
export async function restore(
  url: string,
  { now, decide, ...options }: Options,
): Promise<(Outlook & { readonly revokedAgain: number }) | null> {
  let settled: (Outlook & { readonly revokedAgain: number }) | null = null
  const ctx = { clock: () => now, actor: { userId: null, email: 'Tokenry', ip: null, userAgent: null } }
  await restoreBackup(url, {
    ...options,
    settle: async (tx, prospect) => {
      const { since } = prospect
      const undone = since && undoneBy(since.differences, now)
      const outlook = { ...prospect, undone, wider: since && widerBy(since.differences, now) }
      const decision = await decide(outlook)
      if (decision === 'stop') return false
      const again = decision === 'restore' ? [] : revocable(outlook)
      await revokeAgain(tx, ctx, again)
      await recordRestore(tx, ctx, prospect.head.madeAt)
      settled = { ...outlook, revokedAgain: again.length }
      return true
    },
  })
  return settled
}

/** What would be revoked again, in the order in which tokens are locked. */
export const revocable = ({ undone }: Outlook): Undone[] =>
  (undone ?? []).filter((each) => each.revocable).toSorted((a, b) => (a.tokenId < b.tokenId ? -1 : 1))

type Tokenry = { readonly clock: Clock; readonly actor: AuditActor }

async function revokeAgain(tx: Transaction, ctx: Tokenry, again: readonly Undone[]): Promise<void> {
  for (const each of again) {
    const token = await lockToken(tx, each.tokenId)
    if (token === null) throw new Error(`Token ${each.tokenId} was restored and is not there.`)
    await revokeHeld(tx, ctx, { token }, { reason: reasonOf(each), leaked: each.compromised })
  }
}

function reasonOf({ what, at, reason }: Undone): string {
  const minute = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)} on ${minute}, before a backup was restored`
  return reason === null ? sentence : `${sentence}: ${reason}`
}

/** Has the trail say that it lacks what came after the backup. */
async function recordRestore(tx: Transaction, ctx: Tokenry, madeAt: string): Promise<void> {
  const platform = await findPlatform(tx)
  if (platform === null) return
  await recordAudit(tx, ctx.actor, {
    at: ctx.clock(),
    action: 'backup.restored',
    organizationId: platform.id,
    target: { type: 'organization', id: platform.id, name: platform.name },
    details: { reason: `Restored from the backup of ${madeAt}; what came after it is gone` },
  })
}
