import type { Database, Queryable, Transaction } from '#db/client'
import { clearFailures, countFailure, giveBackFailure, holdTally } from '#db/queries/password-failures'
import { writeAndKeep } from '#db/savepoint'
import type { FailureKeys } from '#lib/accounts/failure-keys'
import { judgeTry, type Refusal, SPAN_MS, type Tally } from '#lib/accounts/guessing'
import { TooOften } from '#lib/accounts/too-often'
import { recordAudit } from '#lib/audit/record'
import type { Clock } from '#lib/clock'

/** Where a password is tried from, and when. */
export type From = {
  readonly db: Database
  readonly clock: Clock
  readonly ip: string | null
  readonly userAgent: string | null
}

export type Counted = {
  readonly keys: FailureKeys
  /** The account with the address that was typed, if there is one. */
  readonly user: { readonly id: string; readonly email: string } | null
  /** Whether that account has signed in from this network lately; asked only where it decides. */
  readonly isRegular: (db: Queryable) => Promise<boolean>
}

/**
 * A try that is counted as failed until it is given back: the spans that it counts in, since when, and the refusal that
 * everybody but a regular would have met.
 */
type Reservation = {
  readonly network: Tally
  readonly all: Tally
  readonly at: Date
  readonly spared: Refusal | null
}

/**
 * Counts a try that is about to be made, so that any number at once, in any number of processes, stays within the
 * limits. Refused tries count nowhere: they never fill what others share.
 * @throws TooOften
 */
export async function reserveTry(from: From, counted: Counted): Promise<Reservation> {
  const { keys } = counted
  const now = from.clock()
  const outcome = await from.db.transaction(async (tx) => {
    const span = { now, endsAt: new Date(now.getTime() + SPAN_MS) }
    // The order in which they are held, everywhere: from what few share to what all share.
    const [account, network, all] = await Promise.all([
      holdTally(tx, keys.account, span),
      holdTally(tx, keys.network, span),
      holdTally(tx, keys.all, span),
    ])
    const refusal = judgeTry({ account, network, all }, now)
    if (refusal !== null && !(refusal.sparesRegulars && (await counted.isRegular(tx)))) {
      if (refusal.first) await noteBlocked(tx, from, counted, now)
      return refusal
    }
    await countFailure(tx, [keys.account, keys.network, keys.all])
    return { network, all, at: now, spared: refusal }
  })
  if ('until' in outcome) throw new TooOften(outcome.until, now)
  return outcome
}

/** After a right password: forgets the failures of the account from this network, and takes this try off the rest. */
export async function giveBack(db: Database, keys: FailureKeys, reserved: Reservation): Promise<void> {
  await Promise.all([
    clearFailures(db, keys.account),
    giveBackFailure(db, keys.network, reserved.network),
    giveBackFailure(db, keys.all, reserved.all),
  ])
}

const NOBODY = { id: '00000000-0000-0000-0000-000000000000', email: 'nobody' }

// Without an account the same is written and taken back, so that the time tells nothing.
async function noteBlocked(tx: Transaction, { ip, userAgent }: From, { keys, user }: Counted, now: Date) {
  await countFailure(tx, [keys.account])
  const { id, email } = user ?? NOBODY
  await writeAndKeep(tx, user !== null, async (trail) => {
    const tokenry = { userId: null, email: 'Tokenry', ip, userAgent }
    const target = { type: 'user', id, name: email }
    await recordAudit(trail, tokenry, { at: now, action: 'user.sign_in_blocked', organizationId: null, target })
  })
}
