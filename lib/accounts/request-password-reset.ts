import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { countFailure, holdTally } from '#db/queries/password-failures'
import { findUserByEmailKey } from '#db/queries/users'
import { networkOf, resetKeys } from '#lib/accounts/failure-keys'
import { LIMITS, SPAN_MS } from '#lib/accounts/guessing'
import type { From } from '#lib/accounts/reserve-try'
import { emailKey, type RequestPasswordResetInput } from '#lib/accounts/schema'
import { TooOften } from '#lib/accounts/too-often'
import type { Post } from '#lib/mail/post'

/** Mails to one address within a span: enough for one that got lost, too few to be a nuisance. */
const MAILS = 3

/**
 * Has a link to set a new password sent to the account with that address. The work and the answer are the same where
 * there is none, where it signs in through the provider alone, and where the address has had its mails for now: nothing
 * tells whether there is an account. What a network, or everybody, asks for is limited as sign-ins are.
 * @throws DomainError `too_often`, whatever the address
 */
export async function requestPasswordReset(
  { db, clock, ip, post }: From & { readonly post: Post },
  { email }: z.output<typeof RequestPasswordResetInput>,
): Promise<void> {
  const key = emailKey(email)
  const user = await findUserByEmailKey(db, key)
  const now = clock()
  const until = await db.transaction(async (tx) => {
    const { account, shared } = await count(tx, resetKeys(key, networkOf(ip)), now)
    if (shared !== null) return shared
    const isSent = user?.passwordHash != null && account < MAILS
    await post(tx, { kind: 'password-reset', userId: isSent ? user.id : null })
    return null
  })
  if (until !== null) throw new TooOften(until, now)
}

// Held in the order of all tries: from what few share to what all share.
async function count(tx: Transaction, keys: ReturnType<typeof resetKeys>, now: Date) {
  const span = { now, endsAt: new Date(now.getTime() + SPAN_MS) }
  const [account, network, all] = await Promise.all([
    holdTally(tx, keys.account, span),
    holdTally(tx, keys.network, span),
    holdTally(tx, keys.all, span),
  ])
  const full = [network.count >= LIMITS.network ? network : null, all.count >= LIMITS.all ? all : null]
  const ends = full.flatMap((tally) => (tally === null ? [] : [tally.endsAt.getTime()]))
  // Beyond a limit nothing is counted, so that asking on makes no wait longer.
  if (ends.length > 0) return { account: account.count, shared: new Date(Math.max(...ends)) }
  await countFailure(tx, [keys.account, keys.network, keys.all])
  return { account: account.count, shared: null }
}
