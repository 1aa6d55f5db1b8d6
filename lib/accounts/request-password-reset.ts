import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { countFailure, holdTally } from '#db/queries/password-failures'
import { findUserByEmailKey } from '#db/queries/users'
import { writeAndKeep } from '#db/savepoint'
import { networkOf, resetKeys } from '#lib/accounts/failure-keys'
import { LIMITS, SPAN_MS } from '#lib/accounts/guessing'
import type { From } from '#lib/accounts/reserve-try'
import { emailKey, type RequestPasswordResetInput } from '#lib/accounts/schema'
import { TooOften } from '#lib/accounts/too-often'
import type { Post } from '#lib/mail/post'

/**
 * Mails to one address within a span: enough for one that got lost, too few to be a nuisance; one while more than usual
 * is asked for in all, so that a flood leaves everybody their first.
 */
const MAILS = { usual: 3, inFlood: 1 } as const

const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Has a link to set a new password, or a first one, sent to the account with that address. The work and the answer are
 * the same where there is none, and where the address has had its mails for now: nothing tells whether there is an
 * account. What a network asks for is limited as sign-ins are. What everybody asks for refuses
 * nobody, and no mail that goes to nobody waits before others. It does not keep whoever knows the addresses of many
 * accounts, and has many networks, from having a mail sent to each in every span: those delay others.
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
    const { account, all, refusedUntil } = await count(tx, resetKeys(key, networkOf(ip)), now)
    if (refusedUntil !== null) return refusedUntil
    const isSent = user !== null && account < (all < LIMITS.all ? MAILS.usual : MAILS.inFlood)
    await writeAndKeep(tx, isSent, (queue) => post(queue, { kind: 'password-reset', userId: user?.id ?? NOBODY }))
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
  // Beyond its limit nothing is counted, so that asking on makes no wait longer and fills nothing that others share.
  const refusedUntil = network.count >= LIMITS.network ? network.endsAt : null
  if (refusedUntil === null) await countFailure(tx, [keys.account, keys.network, keys.all])
  return { account: account.count, all: all.count, refusedUntil }
}
