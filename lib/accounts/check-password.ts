import type { Queryable } from '#db/client'
import { listSignInAddresses } from '#db/queries/audit'
import { findTally } from '#db/queries/password-failures'
import { failureKeys, networkOf } from '#lib/accounts/failure-keys'
import { judgeTry } from '#lib/accounts/guessing'
import { inTurn, isPassword } from '#lib/accounts/password'
import { type Counted, type From, giveBack, reserveTry } from '#lib/accounts/reserve-try'
import { emailKey } from '#lib/accounts/schema'
import { TooOften } from '#lib/accounts/too-often'

// Longer than anybody stays signed in without signing in again.
const REGULAR_MS = 90 * 86_400_000
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The password that is tried for an e-mail address, and the account with that address if there is one. */
type Try = {
  readonly email: string
  readonly user: { readonly id: string; readonly email: string; readonly passwordHash: string | null } | null
  readonly password: string
  /** Whether it is asked of somebody whose session stands: then what others do on the network or anywhere is no matter. */
  readonly isSignedIn?: boolean
}

/**
 * Whether the password is the account's. Every try counts as failed before it is compared, and is given back if it was
 * right. Without an account, or for one without a password, the work, the counts and the answer are the same; beyond a
 * limit that spares regulars the answer is, the work and the count are not. Who may ask at all, and whether their session
 * stands, it leaves to its callers.
 * @throws DomainError `too_often`; `busy`, then nothing was counted
 */
export async function checkPassword(from: From, { email, user, password, isSignedIn = false }: Try): Promise<boolean> {
  const network = networkOf(from.ip)
  const keys = failureKeys(emailKey(email), network)
  const isRegular = async (db: Queryable) =>
    isSignedIn || (await hasSignedInFrom(db, user?.id ?? NOBODY, network, from.clock()))
  const counted = { keys, user, isRegular }
  await refuseEarly(from, counted)
  // The turn comes first: whoever only waits, or finds no room to wait, is not counted meanwhile.
  return inTurn(async () => {
    const reserved = await reserveTry(from, counted)
    const right = await isPassword(password, user?.passwordHash ?? null)
    if (right) await giveBack(from.db, keys, reserved)
    // Answered like anybody on that network: that this one was compared would tell whose network it is.
    else if (reserved.spared !== null && !isSignedIn) throw new TooOften(reserved.spared.until, reserved.at)
    return right
  })
}

// Whoever is to be refused takes no turn from those who are not. The first refusal is left to be written down.
async function refuseEarly({ db, clock }: From, { keys, isRegular }: Counted): Promise<void> {
  const now = clock()
  const [account, network, all] = await Promise.all([
    findTally(db, keys.account, now),
    findTally(db, keys.network, now),
    findTally(db, keys.all, now),
  ])
  const refusal = judgeTry({ account, network, all }, now)
  if (refusal === null || refusal.first || (refusal.sparesRegulars && (await isRegular(db)))) return
  throw new TooOften(refusal.until, now)
}

// From that very network, within the last 90 days.
async function hasSignedInFrom(db: Queryable, userId: string, network: string, now: Date): Promise<boolean> {
  const addresses = await listSignInAddresses(db, userId, new Date(now.getTime() - REGULAR_MS))
  return addresses.some((ip) => networkOf(ip) === network)
}
