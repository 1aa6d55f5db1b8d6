import type { Place } from '#lib/verification/decide'
import type { KnownToken, Share } from '#lib/verification/facts'
import type { Moment } from '#lib/verification/moment'
import { openSecondChance } from '#lib/verification/second-chance'

/** How long an id that does not exist is remembered, in milliseconds. */
const UNKNOWN_MS = 5_000
const UNKNOWN_AT_MOST = 50_000
const OWNERS_AT_MOST = 10_000
const LISTS_AT_MOST = 10_000
/** A version that never is. */
const VOID = -1

/** A token as it was read. */
export type Known = KnownToken & {
  /** When the database was asked. */
  readonly askedAt: Moment
  /** How many changes had been heard of. */
  readonly version: number
  /** From which version on it is not told of changes any more; null: it is. */
  untoldFrom: number | null
  /** Whether it was asked for since it was last to make room. */
  used: boolean
}

/** An organization as it was read last: one object for all its tokens, which a change makes stale until it is read again. */
export type KnownPlace = { -readonly [Field in keyof Place]: Place[Field] } & { askedAt: Moment; isStale: boolean }

/** Something that is being asked of the database. */
export type Reading = {
  /** `t:<id>` or `o:<id or slug>` */
  readonly of: string
  /** What it answers may be of before a change that was heard of meanwhile. */
  isVoid: boolean
}

export type FactsCache = ReturnType<typeof openFactsCache>

/**
 * What is known of tokens and organizations, at most so many of each: facts, never verdicts. It hears of changes and
 * takes back what they touch; whether it hears of all is for the lease to say, without which nothing in here may be used.
 */
export function openFactsCache(entriesAtMost: number) {
  // Whoever holds on to one that had to make room may still use it until anything at all changes.
  const tokens = openSecondChance<Known>(entriesAtMost, (known) => {
    known.untoldFrom = version
  })
  const places = new Map<string, KnownPlace>()
  const slugs = new Map<string, KnownPlace>()
  const words = new Map<string, readonly string[]>()
  /** What doesn't exist, and until when that is believed by the monotonic clock. */
  const unknown = new Map<string, number>()
  /** API users and people who changed, and at which version. */
  const owners = new Map<string, number>()
  const readings = new Set<Reading>()
  let version = 0
  /** At which version everything was taken back. */
  let emptied = 0

  const voidReadings = () => {
    for (const reading of readings) reading.isVoid = true
  }

  function forget() {
    version++
    emptied = version
    tokens.clear()
    for (const place of places.values()) place.isStale = true
    for (const each of [places, slugs, words, unknown, owners]) each.clear()
    voidReadings()
  }

  function voidToken(id: string) {
    const known = tokens.take(id)
    if (known !== undefined) known.untoldFrom = VOID
    unknown.delete(`t:${id}`)
    for (const reading of readings) if (reading.of === `t:${id}`) reading.isVoid = true
  }

  function voidOwner(owner: string) {
    if (owners.size >= OWNERS_AT_MOST) return forget()
    owners.set(owner, version)
    voidReadings()
  }

  function voidPlaces(id: string) {
    for (const place of places.values()) if (id === '*' || place.path.includes(id)) place.isStale = true
    // One that there was not may have taken a name since.
    unknown.clear()
    voidReadings()
  }

  const isCurrent = ({ untoldFrom, owner, version: readAt }: Known): boolean =>
    (untoldFrom === null || untoldFrom === version) &&
    readAt >= emptied &&
    (owner === null || (owners.get(owner) ?? 0) <= readAt)

  const share = (askedAt: Moment): Share => ({
    place: (place) => keepPlace(place, askedAt),
    words(list) {
      const key = list.join(' ')
      const shared = words.get(key)
      if (shared === undefined && words.size < LISTS_AT_MOST) words.set(key, list)
      return shared ?? list
    },
  })

  function keepPlace(place: Place, askedAt: Moment): KnownPlace {
    const known = places.get(place.id)
    if (known !== undefined) {
      if (known.slug !== place.slug && slugs.get(known.slug) === known) slugs.delete(known.slug)
      slugs.set(place.slug, known)
      return Object.assign(known, place, { askedAt, isStale: false })
    }
    // Tokens hold on to theirs, so that one can't go without all of them.
    if (places.size >= entriesAtMost) forget()
    const kept = { ...place, askedAt, isStale: false }
    places.set(place.id, kept)
    slugs.set(place.slug, kept)
    return kept
  }

  return {
    /** What a token was when it was last read; undefined where that is not known or has changed. */
    token(id: string): Known | undefined {
      const known = tokens.get(id)
      return known !== undefined && isCurrent(known) ? known : undefined
    },
    /** An organization by id or slug; undefined where it is not known. It may be stale. */
    place: (reference: string): KnownPlace | undefined => places.get(reference) ?? slugs.get(reference),
    /** Whether a token `t:` or an organization `o:` was found not to exist within the last 5 seconds. */
    isUnknown(reference: string, now: number): boolean {
      const until = unknown.get(reference)
      if (until === undefined) return false
      if (now < until) return true
      unknown.delete(reference)
      return false
    },
    /** Whether nothing has been heard since that would change a token. */
    isCurrent,
    share,
    keepPlace,
    keepToken({ facts, secrets, expiresAt, owner }: KnownToken, askedAt: Moment): Known {
      // Written out: what a spread object is given besides lies apart from it.
      const known: Known = { facts, secrets, expiresAt, owner, askedAt, version, untoldFrom: null, used: false }
      tokens.set(facts.id, known)
      return known
    },
    keepUnknown(reference: string, now: number): void {
      unknown.delete(reference)
      if (unknown.size >= UNKNOWN_AT_MOST) unknown.delete(unknown.keys().next().value ?? '')
      // A copy: a part of a string keeps all of it in memory, and this one is part of what was presented.
      unknown.set(Buffer.from(reference).toString(), now + UNKNOWN_MS)
    },
    /** Something is being read: until `endReading` it hears of what changes. */
    beginReading(of: string): Reading {
      const reading = { of, isVoid: false }
      readings.add(reading)
      return reading
    },
    endReading: (reading: Reading) => void readings.delete(reading),
    /** Takes back what a change touches: a token `t:`, an API user `s:`, a person `u:`, a subtree `o:`, all `o:*`, everything. */
    changed(what: string): void {
      version++
      const id = what.slice(2)
      if (what.startsWith('t:')) voidToken(id)
      else if (what.startsWith('s:') || what.startsWith('u:')) voidOwner(what)
      else if (what.startsWith('o:')) voidPlaces(id)
      else forget()
    },
    /** Empties it: changes may have been missed. */
    forget,
    /** Tokens in it. */
    size: tokens.size,
  }
}
