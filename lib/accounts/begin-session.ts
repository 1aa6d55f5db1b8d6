import type { Transaction } from '#db/client'
import { insertSession } from '#db/queries/sessions'
import { recordOwn } from '#lib/accounts/record'
import type { From } from '#lib/accounts/reserve-try'

/**
 * Begins a session, with an id of its own, and says so in the trail. It checks nothing: that it is that person is for its
 * callers. `confirmed`: they have just proved who they are, so that what asks for it need not ask again for a while.
 * `way`: what they came by, where that is not their password.
 */
export async function beginSession(
  tx: Transaction,
  { clock, ip, userAgent }: From,
  user: { readonly id: string; readonly email: string },
  { confirmed, way }: { readonly confirmed: boolean; readonly way?: string },
): Promise<string> {
  const now = clock()
  const { id } = await insertSession(tx, {
    userId: user.id,
    createdAt: now,
    lastSeenAt: now,
    confirmedAt: confirmed ? now : null,
    ip,
    userAgent,
  })
  const actor = { userId: user.id, email: user.email, ip, userAgent }
  await recordOwn(tx, actor, { at: now, action: 'user.signed_in', details: way === undefined ? {} : { way } })
  return id
}
