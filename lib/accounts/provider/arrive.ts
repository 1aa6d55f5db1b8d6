import type { Transaction } from '#db/client'
import { violatedConstraint } from '#db/errors'
import { findLogin, hasLogin, insertLogin } from '#db/queries/logins'
import { confirmSession } from '#db/queries/sessions'
import { insertUsedJourney } from '#db/queries/used-journeys'
import { holdUser } from '#db/queries/users'
import { beginSession } from '#lib/accounts/begin-session'
import { intentKey } from '#lib/accounts/failure-keys'
import { INTENT_SECONDS, type Intent } from '#lib/accounts/provider/intent'
import { judgeArrival } from '#lib/accounts/provider/judge'
import { returnTo } from '#lib/accounts/provider/return-to'
import type { NewsCode } from '#lib/accounts/provider/view'
import { recordOwn } from '#lib/accounts/record'
import { isConfirmed } from '#lib/accounts/require-confirmed'
import type { From } from '#lib/accounts/reserve-try'
import { holdConfirmation } from '#lib/accounts/session'
import { DomainError } from '#lib/errors'
import { acceptByLogin } from '#lib/invitations/accept-by-login'

/** What the provider said of whoever signed in there; no token of it gets any further. */
export type Proof = {
  readonly issuer: string
  readonly subject: string
  /** In seconds; null where it does not say when it authenticated. */
  readonly authTime: number | null
  /** What it calls them, as it came; null where it says nothing. */
  readonly name: string | null
}

type Arriving = From & {
  readonly intent: Intent
  /** The session that the browser came back with, if one stands. */
  readonly session: { readonly id: string; readonly userId: string } | null
  /** What the provider is called. */
  readonly way: string
}

/** Where to go on; with a session where one was begun. */
type Arrived = { readonly to: string; readonly sessionId?: string }

/**
 * Does what somebody went to the provider for, once, now that they are back with its proof. What is refused for whoever
 * has no session writes nothing, however often. That the proof is genuine it takes from its callers.
 */
export async function arrive(arriving: Arriving, proof: Proof): Promise<Arrived> {
  const { db, clock, intent, session } = arriving
  const refused = (code: NewsCode): Arrived => ({ to: returnTo(intent, code) })
  const facts = { session, authTime: proof.authTime, begunAt: intent.begunAt, now: clock() }
  try {
    return await db.transaction(async (tx) => {
      const login = await findLogin(tx, proof)
      const verdict = judgeArrival(intent.does, { ...facts, login })
      if (verdict.do === 'refuse') return refused(verdict.code)
      if (!(await useOnce(tx, intent))) return refused('expired')
      switch (verdict.do) {
        case 'begin-session':
          return (await resume(tx, arriving, proof, verdict)) ?? refused('unknown')
        case 'make-account':
          return { to: '/', sessionId: await makeAccount(tx, arriving, proof) }
        case 'link':
          return refused(await link(tx, arriving, proof, verdict))
        case 'confirm':
          return refused(await confirm(tx, proof, verdict, facts.now))
      }
    })
  } catch (error) {
    if (violatedConstraint(error) === 'logins_issuer_subject_pk') return refused('taken')
    // Somebody else's acceptance for the same address came first.
    if (violatedConstraint(error) === 'users_email') return refused('account-exists')
    if (!(error instanceof DomainError)) throw error
    // The page of the invitation says by itself what is wrong with it.
    return refused(error.code === 'account_exists' ? 'account-exists' : 'not-accepted')
  }
}

// Of two that come back with the same, the second waits for the first and finds it used.
const useOnce = (tx: Transaction, { id, begunAt }: Intent): Promise<boolean> =>
  insertUsedJourney(tx, { key: intentKey(id), endsAt: new Date(begunAt.getTime() + 2 * INTENT_SECONDS * 1000) })

async function resume(
  tx: Transaction,
  arriving: Arriving,
  proof: Proof,
  { userId, confirmed }: { userId: string; confirmed: boolean },
): Promise<Arrived | null> {
  const { intent, way } = arriving
  const user = await holdUser(tx, userId)
  // Unlinked since it was looked up.
  if (user === null || (await findLogin(tx, proof))?.userId !== userId) return null
  const sessionId = await beginSession(tx, arriving, user, { confirmed, way })
  return { to: intent.does.kind === 'accept' ? '/invite' : intent.next, sessionId }
}

async function makeAccount(tx: Transaction, arriving: Arriving, proof: Proof): Promise<string> {
  const { intent, way } = arriving
  if (intent.does.kind !== 'accept') throw new Error('an account is made by an invitation alone')
  const user = await acceptByLogin(tx, arriving, { link: intent.does.link, name: proof.name })
  await addLogin(tx, arriving, proof, user)
  return beginSession(tx, arriving, user, { confirmed: true, way })
}

type OfSession = { readonly sessionId: string; readonly userId: string }

async function link(
  tx: Transaction,
  arriving: Arriving,
  proof: Proof,
  { sessionId, userId }: OfSession,
): Promise<NewsCode> {
  const user = await holdUser(tx, userId)
  const now = arriving.clock()
  const session = await holdConfirmation(tx, { id: sessionId, userId }, now)
  if (user === null || session === null) return 'other-session'
  if (!isConfirmed(session.confirmedAt, now)) return 'lapsed'
  const login = await findLogin(tx, proof)
  if (login !== null) return login.userId === userId ? 'linked' : 'taken'
  // One at each provider, so that what the account page shows is all that opens it.
  if (await hasLogin(tx, userId, proof.issuer)) return 'has-another'
  await addLogin(tx, arriving, proof, user)
  return 'linked'
}

async function confirm(tx: Transaction, proof: Proof, { sessionId, userId }: OfSession, now: Date): Promise<NewsCode> {
  await holdUser(tx, userId)
  // Unlinked since it was looked up.
  if ((await findLogin(tx, proof))?.userId !== userId) return 'other-login'
  return (await confirmSession(tx, { id: sessionId, userId }, now)) ? 'confirmed' : 'other-session'
}

async function addLogin(
  tx: Transaction,
  { clock, ip, userAgent, way }: Arriving,
  { issuer, subject }: Proof,
  { id, email }: { readonly id: string; readonly email: string },
): Promise<void> {
  const at = clock()
  await insertLogin(tx, { issuer, subject, userId: id, createdAt: at })
  const actor = { userId: id, email, ip, userAgent }
  await recordOwn(tx, actor, { at, action: 'user.login_linked', details: { way } })
}
