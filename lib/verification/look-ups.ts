import { findPlaceById, findPlaceBySlug, findTokenFacts } from '#db/queries/verification'
import { DatabaseUnavailable, type VerificationDatabase } from '#db/verification-client'
import type { Address } from '#lib/address'
import type { Admission } from '#lib/verification/admission'
import type { Place } from '#lib/verification/decide'
import { placeFrom, tokenFrom } from '#lib/verification/facts'
import type { FactsCache, Known, KnownPlace, Reading } from '#lib/verification/facts-cache'
import type { Lease } from '#lib/verification/lease'
import type { Moment } from '#lib/verification/moment'

const TRIES = 5

/** For whom something is looked up. */
export type Asking = {
  readonly address: Address | null
  /** Whether memory will not do (`Cache-Control: no-cache`). */
  readonly anew: boolean
  /** Called where a token is read for this look-up, and for none that began before it. */
  readonly onRead?: () => void
}

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
  let hits = 0
  let misses = 0

  const mayRemember = ({ anew }: Asking) => remembers && !anew && lease.holds()
  // Whoever wants it anew must not get what somebody asked for before, nor, where changes may go unheard, whoever comes
  // after: it may have been revoked in between.
  const companyOf = ({ anew }: Asking) => (!remembers || anew ? 'alone' : lease.holds() ? 'same' : 'next')

  /** Asks the database with leave for what may not be there. @throws DatabaseUnavailable, TooManyLookUps */
  async function admitted<T>(asking: Asking, ask: () => Promise<T | null>): Promise<T | null> {
    const giveBack = admission.draw(asking.address)
    const found = await ask().catch((error) => {
      // Whoever asks while the database is away asked for nothing that is not there.
      giveBack()
      throw error
    })
    if (found !== null && !asking.anew) giveBack()
    return found
  }

  /** Asks the database until nothing changes in what it is asked for while it answers. @throws DatabaseUnavailable */
  async function read<Row, T>(of: string, ask: () => Promise<Row>, keep: (row: Row, askedAt: Moment) => T) {
    const reading: Reading = cache.beginReading(of)
    try {
      for (let tries = 0; tries < TRIES; tries++) {
        reading.isVoid = false
        const askedAt = lease.asking()
        const row = await ask()
        if (!reading.isVoid) return keep(row, askedAt)
      }
      throw new DatabaseUnavailable('it changes faster than it can be read')
    } finally {
      cache.endReading(reading)
    }
  }

  async function readToken(id: string, asking: Asking): Promise<Known | null> {
    asking.onRead?.()
    const known = await admitted(asking, () =>
      read(
        `t:${id}`,
        () => database.ask((sql) => findTokenFacts(sql, id)),
        (rows, askedAt) => {
          const token = tokenFrom(rows, cache.share(askedAt))
          return token && cache.keepToken(token, askedAt)
        },
      ),
    )
    if (known === null) cache.keepUnknown(`t:${id}`, performance.now())
    return known
  }

  async function readPlace(reference: string, asking: Asking): Promise<KnownPlace | null> {
    const place = await admitted(asking, () =>
      read(
        `o:${reference}`,
        () => database.ask((sql) => (UUID.test(reference) ? findPlaceById : findPlaceBySlug)(sql, reference)),
        (row, askedAt) => {
          const found = placeFrom(row)
          return found && cache.keepPlace(found, askedAt)
        },
      ),
    )
    if (place === null) cache.keepUnknown(`o:${reference}`, performance.now())
    return place
  }

  /** The same token once its organizations are known again. */
  async function refresh(known: Known, asking: Asking): Promise<Known> {
    const stale = placesOf(known).filter(({ isStale }) => isStale)
    await Promise.all(stale.map(({ id }) => places.join(id, companyOf(asking), () => readPlace(id, asking))))
    return known
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
    /** A token by its id; null where there is none. @throws DatabaseUnavailable, TooManyLookUps */
    async token(id: string, asking: Asking): Promise<Known | null> {
      if (mayRemember(asking)) {
        const known = cache.token(id)
        if (known !== undefined) {
          hits++
          return isPlaced(known) ? known : refresh(known, asking)
        }
      }
      if (!asking.anew && cache.isUnknown(`t:${id}`, performance.now())) return null
      misses++
      return tokens.join(id, companyOf(asking), () => readToken(id, asking))
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
      return places.join(key, companyOf(asking), () => readPlace(key, asking))
    },
    /** Whether one or two tokens and an organization that were found may all be used at this instant. */
    areCurrent(one: Known, other: Known | null, place: KnownPlace | null): boolean {
      if (!isUnchanged(one) || (other !== null && !isUnchanged(other)) || place?.isStale) return false
      if (remembers && lease.holds()) return true
      return [one, other, place].every((each) => each === null || lease.lasts(each.askedAt))
    },
    /** Counts one that found nothing towards the bounds of what is not there. @throws TooManyLookUps */
    draw: ({ address }: Asking): void => void admission.draw(address),
    /** Look-ups since the start that memory answered, and that went to the database. */
    counts: () => ({ hits, misses }),
  }
}

type Company = 'alone' | 'same' | 'next'

/**
 * Has everybody who asks for the same thing while it is asked for wait for the one answer: the `same`, or together for
 * the `next`, which is asked for once that has come.
 */
function openFlights<T>() {
  const flights = new Map<string, Promise<T>>()
  const queues = new Map<string, Promise<T>>()

  function fly(key: string, ask: () => Promise<T>): Promise<T> {
    const flight = ask().finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  function queue(key: string, behind: Promise<T>, ask: () => Promise<T>): Promise<T> {
    const queued = behind.then(() => flights.get(key) ?? fly(key, ask)).finally(() => queues.delete(key))
    queues.set(key, queued)
    return queued
  }

  return {
    join(key: string, company: Company, ask: () => Promise<T>): Promise<T> {
      if (company === 'alone') return ask()
      const flying = flights.get(key)
      if (flying === undefined) return fly(key, ask)
      return company === 'same' ? flying : (queues.get(key) ?? queue(key, flying, ask))
    },
  }
}

const placesOf = ({ facts }: Known): readonly Place[] =>
  facts.kind === 'personal' ? facts.memberships.map(({ place }) => place) : [facts.place]

/** Whether all organizations that a token counts in are as they were read. */
const isPlaced = ({ facts }: Known): boolean =>
  facts.kind === 'personal' ? facts.memberships.every(({ place }) => !place.isStale) : !facts.place.isStale

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
