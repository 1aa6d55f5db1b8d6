import { findPlaceById, findPlaceBySlug, findTokenFacts } from '#db/queries/verification'
import type { VerificationDatabase } from '#db/verification-client'
import type { Address } from '#lib/address'
import { type Admission, TooManyLookUps } from '#lib/verification/admission'
import type { Place } from '#lib/verification/decide'
import { placeFrom, tokenFrom } from '#lib/verification/facts'
import type { FactsCache, Known, KnownPlace } from '#lib/verification/facts-cache'
import { type Flights, openFlights } from '#lib/verification/flights'
import type { Lease } from '#lib/verification/lease'
import { openSettledReading } from '#lib/verification/settled-reading'

/** For whom something is looked up. */
export type Asking = {
  readonly address: Address | null
  /** Whether memory will not do (`Cache-Control: no-cache`). */
  readonly anew: boolean
}

/** Whether a token is what was asked for: one of its secrets is the one presented. */
type IsMeant = (known: Known) => boolean

export type LookUps = ReturnType<typeof openLookUps>

/**
 * Finds tokens and organizations: in memory where the lease allows it, at once, and else in the database, as a promise.
 * What it gives can have changed by the time that it is used: `areCurrent` tells, and must be asked right before.
 */
export function openLookUps(options: {
  readonly database: Pick<VerificationDatabase, 'ask'>
  readonly cache: FactsCache
  readonly lease: Lease
  readonly admission: Admission
  /** false: nothing is answered from memory. */
  readonly remembers: boolean
}) {
  const { database, cache, lease, admission, remembers } = options
  const tokens = openFlights<Known | null>()
  const places = openFlights<KnownPlace | null>()
  const read = openSettledReading(cache, lease)
  let hits = 0
  let misses = 0

  const mayRemember = ({ anew }: Asking) => remembers && !anew && lease.holds()
  // Whoever wants it anew must not get what somebody asked for before, nor, where changes may go unheard, whoever comes
  // after: it may have been revoked in between.
  const companyOf = ({ anew }: Asking) => (!remembers || anew ? 'alone' : lease.holds() ? 'same' : 'next')

  /** Asks the database with leave for what may not be there, or not be `found` in it. @throws DatabaseUnavailable, TooManyLookUps */
  async function admitted<T>(
    { address, anew }: Asking,
    ask: () => Promise<T | null>,
    found: (it: T) => boolean,
  ): Promise<T | null> {
    const giveBack = admission.draw(address)
    const it = await ask().catch((error) => {
      // Whoever asks while the database is away asked for nothing that is not there.
      giveBack()
      throw error
    })
    if (it !== null && !anew && found(it)) giveBack()
    return it
  }

  async function readToken(id: string, asking: Asking, isMeant: IsMeant): Promise<Known | null> {
    const ask = () =>
      read(
        `t:${id}`,
        () => database.ask((sql) => findTokenFacts(sql, id)),
        (rows, askedAt) => {
          const token = tokenFrom(rows, cache.share(askedAt))
          return token && cache.keepToken(token, askedAt)
        },
      )
    const known = await admitted(asking, ask, isMeant)
    if (known === null) cache.keepUnknown(`t:${id}`, performance.now())
    return known
  }

  async function readPlace(reference: string, asking: Asking): Promise<KnownPlace | null> {
    const ask = () =>
      read(
        `o:${reference}`,
        () => database.ask((sql) => (UUID.test(reference) ? findPlaceById : findPlaceBySlug)(sql, reference)),
        (row, askedAt) => {
          const found = placeFrom(row)
          return found && cache.keepPlace(found, askedAt)
        },
      )
    const place = await admitted(asking, ask, () => true)
    if (place === null) cache.keepUnknown(`o:${reference}`, performance.now())
    return place
  }

  /** Asks for it together with whoever else does. @throws DatabaseUnavailable, TooManyLookUps */
  async function together<T>(flights: Flights<T>, key: string, asking: Asking, ask: () => Promise<T>): Promise<T> {
    let isOwn = false
    const askIt = () => {
      isOwn = true
      return ask()
    }
    return flights.join(key, companyOf(asking), askIt).catch((error) => {
      // That another may look for no more says nothing of this one.
      if (isOwn || !(error instanceof TooManyLookUps)) throw error
      return ask()
    })
  }

  /** The same token once its organizations are known again. */
  async function refresh(known: Known, asking: Asking): Promise<Known> {
    const stale = placesOf(known).filter(({ isStale }) => isStale)
    await Promise.all(stale.map(({ id }) => together(places, id, asking, () => readPlace(id, asking))))
    return known
  }

  /** In memory or where it lies; `isNew`: it was read for this very look-up. */
  async function findToken(
    id: string,
    asking: Asking,
    isMeant: IsMeant,
  ): Promise<{ readonly known: Known | null; readonly isNew: boolean }> {
    const kept = mayRemember(asking) ? cache.token(id) : undefined
    if (kept !== undefined) {
      hits++
      return { known: isPlaced(kept) ? kept : await refresh(kept, asking), isNew: false }
    }
    if (!asking.anew && cache.isUnknown(`t:${id}`, performance.now())) return { known: null, isNew: false }
    misses++
    let isNew = false
    const known = await together(tokens, id, asking, () => {
      isNew = true
      return readToken(id, asking, isMeant)
    })
    return { known, isNew }
  }

  const isUnchanged = (known: Known) => cache.isCurrent(known) && isPlaced(known)

  function remembered(id: string): Known | null {
    const known = cache.token(id)
    if (known === undefined || !isPlaced(known)) return null
    hits++
    return known
  }

  function rememberedPlace(reference: string): KnownPlace | null {
    const place = cache.place(reference)
    return place === undefined || place.isStale ? null : place
  }

  return {
    /** Whether memory may be asked at this instant. */
    mayRemember,
    /** A token that memory can tell of at once, where it may be asked; null where it can't. */
    remembered,
    /**
     * The token of this id that is meant; null where it is another, or there is none. One that memory has, or that was
     * already being read, may be of before its secret was minted: it is read once more, within the bounds of what is not
     * there. @throws DatabaseUnavailable, TooManyLookUps
     */
    async token(id: string, asking: Asking, isMeant: IsMeant): Promise<Known | null> {
      const { known, isNew } = await findToken(id, asking, isMeant)
      if (known === null || isMeant(known)) return known
      if (isNew) return null
      misses++
      const again = await readToken(id, asking, isMeant)
      return again !== null && isMeant(again) ? again : null
    },
    /** An organization that memory can tell of at once, where it may be asked; null where it can't. */
    rememberedPlace,
    /** An organization by its id or slug; null where there is none. @throws DatabaseUnavailable, TooManyLookUps */
    async place(reference: string, asking: Asking): Promise<KnownPlace | null> {
      if (!UUID.test(reference) && !SLUG.test(reference)) return null
      const key = reference.toLowerCase()
      const place = mayRemember(asking) ? rememberedPlace(key) : null
      if (place !== null) return place
      if (!asking.anew && cache.isUnknown(`o:${key}`, performance.now())) return null
      return together(places, key, asking, () => readPlace(key, asking))
    },
    /** Whether one or two tokens and an organization that were found may all be used at this instant. */
    areCurrent(one: Known, other: Known | null, place: KnownPlace | null): boolean {
      if (!isUnchanged(one) || (other !== null && !isUnchanged(other)) || place?.isStale) return false
      if (remembers && lease.holds()) return true
      return [one, other, place].every((each) => each === null || lease.lasts(each.askedAt))
    },
    /** Look-ups since the start that memory answered, and that went to the database. */
    counts: () => ({ hits, misses }),
  }
}

const placesOf = ({ facts }: Known): readonly Place[] =>
  facts.kind === 'personal' ? facts.memberships.map(({ place }) => place) : [facts.place]

/** Whether all organizations that a token counts in are as they were read. */
const isPlaced = ({ facts }: Known): boolean =>
  facts.kind === 'personal' ? facts.memberships.every(({ place }) => !place.isStale) : !facts.place.isStale

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
