import { timingSafeEqual } from 'node:crypto'
import { findPlaceById, findPlaceBySlug, findTokenFacts } from '#db/queries/verification'
import type { VerificationDatabase } from '#db/verification-client'
import type { Address } from '#lib/address'
import type { Clock } from '#lib/clock'
import { digestOf, parseSecret, type SecretString } from '#lib/tokens/secret'
import { type ActiveAnswer, activeAnswer } from '#lib/verification/answer'
import { decide, NO_RESOURCE, type Place, type Reach, type Reason } from '#lib/verification/decide'
import { type Presented, placeFrom, tokenFrom } from '#lib/verification/facts'
import type { VerifyInput } from '#lib/verification/input'
import type { UsageRecorder } from '#lib/verification/usage-recorder'

/** What every verification is given. */
export type Verifier = {
  readonly database: VerificationDatabase
  readonly recorder: UsageRecorder
  /** Accepted prefixes of secrets. */
  readonly prefixes: readonly string[]
  readonly clock: Clock
}

/** Who asks: the credential presented, and the peer's own address and user agent. */
export type Caller = {
  readonly credential: SecretString
  readonly address: Address | null
  readonly userAgent: string | undefined
}

export type Answer = ActiveAnswer | { readonly active: false; readonly reason: Reason }

export type Verified = {
  readonly answer: Answer
  /** When the secret presented retires, whatever its token does; null: it does not. */
  readonly retiresAt: Date | null
}

/**
 * Answers `POST /api/v1/verify` for a caller: the credential is judged first, and nothing else is said if it is no good
 * or may not verify. `input` null: the body was not understood, so only the caller is judged.
 * @throws DatabaseUnavailable
 */
export async function verify(
  verifier: Verifier,
  caller: Caller,
  input: VerifyInput | null,
): Promise<'unauthenticated' | 'forbidden' | Verified | { readonly answer: null }> {
  // Whoever presents no secret at all costs no look-up.
  if (parseSecret(caller.credential, verifier.prefixes) === null) return 'unauthenticated'
  const [credential, subject, organization] = await Promise.all([
    findPresented(verifier, caller.credential),
    input === null ? null : findPresented(verifier, input.token),
    findPlace(verifier, input?.organization),
  ])
  const now = verifier.clock()
  if (typeof credential === 'string') return 'unauthenticated'
  const [own] = whereItWorks(credential, caller.address, now)
  if (own === undefined) return 'unauthenticated'
  if (!mayVerify(credential, own)) return 'forbidden'
  recordUse(verifier, credential, now, caller.address, caller.userAgent)
  if (input === null || subject === null) return { answer: null }
  if (typeof subject === 'string') return { answer: { active: false, reason: subject }, retiresAt: null }
  const { retiresAt } = subject.secret
  const verdict = decide(
    subject.facts,
    retiresAt,
    {
      within: own.place.id,
      organization,
      scopes: input.scope ?? [],
      resource: input.resource ?? null,
      address: input.ip?.bytes ?? null,
    },
    now,
  )
  if (!verdict.active) return { answer: verdict, retiresAt }
  recordUse(verifier, subject, now, input.ip ?? null, input.userAgent)
  return { answer: activeAnswer(subject, verdict), retiresAt }
}

/**
 * The token whose secret this is. Its digest is compared before anything else can be said of it.
 * @throws DatabaseUnavailable
 */
export async function findPresented(
  {
    database,
    prefixes,
  }: { readonly database: Pick<VerificationDatabase, 'ask'>; readonly prefixes: readonly string[] },
  secret: SecretString,
): Promise<Presented | 'malformed' | 'not_found'> {
  const parsed = parseSecret(secret, prefixes)
  if (parsed === null) return 'malformed'
  const known = tokenFrom(await database.ask((sql) => findTokenFacts(sql, parsed.id)))
  if (known === null) return 'not_found'
  const digest = digestOf(secret)
  const kept = known.secrets.find((each) => timingSafeEqual(each.digest, digest))
  return kept === undefined ? 'not_found' : { facts: known.facts, secret: kept }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

// What looks like an id is one: no slug can stand in for another organization's id.
async function findPlace({ database }: Verifier, reference: string | undefined): Promise<Place | 'absent' | 'unknown'> {
  if (reference === undefined) return 'absent'
  if (UUID.test(reference)) return placeFrom(await database.ask((sql) => findPlaceById(sql, reference))) ?? 'unknown'
  if (!SLUG.test(reference)) return 'unknown'
  return placeFrom(await database.ask((sql) => findPlaceBySlug(sql, reference))) ?? 'unknown'
}

/** Everywhere a caller's own credential works now: nowhere if it is no good, in several places only if it is personal. */
export function whereItWorks({ facts, secret }: Presented, address: Address | null, now: Date): Reach[] {
  const places = facts.kind === 'personal' ? facts.memberships.map(({ place }) => place) : (['absent'] as const)
  return places.flatMap((organization) => {
    const request = {
      within: null,
      organization,
      scopes: [],
      resource: NO_RESOURCE,
      address: address?.bytes ?? null,
    } as const
    const verdict = decide(facts, secret.retiresAt, request, now)
    return verdict.active ? [verdict] : []
  })
}

// A credential narrowed to devices may not ask about everything else.
const mayVerify = ({ facts }: Presented, { scopes, resources }: Reach) =>
  facts.kind !== 'personal' && resources === null && scopes.includes('tokens:verify')

/** Notes the use of a token that was found good. */
export function recordUse(
  { recorder }: Verifier,
  { facts, secret }: Presented,
  at: Date,
  address: Address | null,
  userAgent: string | undefined,
): void {
  recorder.record({
    tokenId: facts.id,
    at,
    ip: address?.text ?? null,
    userAgent: userAgent === undefined ? null : printable(userAgent),
    opened: secret.revealOpen ? secret.digest : null,
  })
}

/** A user agent as it is kept: PostgreSQL keeps no NUL and no half of a pair; people read no controls. */
export const printable = (text: string) =>
  text
    .slice(0, 256)
    .replace(/\p{Cc}/gu, ' ')
    .toWellFormed()
