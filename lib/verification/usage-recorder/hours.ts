import { OTHER } from '#lib/usage/choices'
import { printable } from '#lib/verification/printable'
import type { Use } from '#lib/verification/usage-recorder'
import {
  isFull,
  KINDS,
  type Kind,
  LENGTH_AT_MOST,
  lookUp,
  type Tally,
  type TokenHour,
  type Values,
} from '#lib/verification/usage-recorder/values'

const HOUR_MS = 3_600_000

/**
 * Counts uses by token, organization, hour and what they tell. At most 100 values of a kind are told apart for each; at
 * most `hoursAtMost` of these and `valuesAtMost` values in all are held. What was taken is held on, at zero, for as long
 * as there is room: a use that brings nothing new makes nothing new. `drop` is told of what found no room: a use, or one
 * value of a use that is counted.
 */
export function openHourlyUses(
  { hoursAtMost, valuesAtMost }: { readonly hoursAtMost: number; readonly valuesAtMost: number },
  drop: (what: 'use' | Kind) => void,
) {
  let tokens = new Map<string, TokenHour>()
  // By what their ids begin with, so that a portion needs few locks.
  let waiting = new Map<number, TokenHour[]>()
  let waits = 0
  /** What waited at the last look, from its end. */
  let queue: TokenHour[] = []
  let held = 0
  let values = 0

  const allWaiting = () => [queue, ...waiting.values()].flat()

  function wait(of: TokenHour): void {
    of.waits = true
    waits++
    const start = of.tokenId.charCodeAt(0)
    const alike = waiting.get(start)
    if (alike === undefined) waiting.set(start, [of])
    else alike.push(of)
  }

  /** Lets go of all that waits for nothing. */
  function forget(): void {
    if (held === waits + queue.length) return
    tokens = new Map()
    held = 0
    values = 0
    for (const each of allWaiting()) {
      each.next = tokens.get(each.tokenId) ?? null
      tokens.set(each.tokenId, each)
      held++
      values += each.size
    }
  }

  function find(tokenId: string, organizationId: string | null, hour: number): TokenHour | null {
    const first = tokens.get(tokenId)
    for (let each = first ?? null; each !== null; each = each.next)
      if (each.hour === hour && each.organizationId === organizationId) return each
    if (held >= hoursAtMost) {
      forget()
      if (held >= hoursAtMost) return null
    }
    held++
    // Written out: spreading costs more than all the rest of a first use.
    const made: TokenHour = {
      tokenId,
      organizationId,
      hour,
      active: 0,
      refused: null,
      values: [null, null, null, null],
      size: 0,
      waits: false,
      fresh: false,
      crowded: false,
      next: tokens.get(tokenId) ?? null,
    }
    tokens.set(tokenId, made)
    return made
  }

  function tally(of: TokenHour, kind: number, text: string, active: boolean): Tally | null {
    const known = of.values[kind] ?? null
    const found =
      (known === null ? null : lookUp(known, text)) ?? tallyOfNew(of, kind, known, printable(text, LENGTH_AT_MOST))
    if (found === null) return null
    if (active) found.active++
    else found.refused++
    return found
  }

  function tallyOfNew(of: TokenHour, kind: number, known: Values | null, value: string): Tally | null {
    if (known !== null) {
      const found = lookUp(known, value) ?? (isFull(known) ? lookUp(known, OTHER) : null)
      if (found !== null) return found
    }
    if (values >= valuesAtMost) forget()
    if (values >= valuesAtMost) {
      drop(KINDS[kind] ?? 'use')
      return null
    }
    values++
    of.size++
    of.fresh = true
    const full = known !== null && isFull(known)
    const made: Tally = { value: full ? OTHER : value, active: 0, refused: 0, userAgent: null }
    if (known === null) of.values[kind] = { latest: made, all: null }
    else {
      known.all ??= new Map([[known.latest.value, known.latest]])
      known.all.set(made.value, made)
      known.latest = made
    }
    return made
  }

  return {
    /** How many token hours wait to be taken. */
    size: () => waits + queue.length,
    add({ tokenId, organizationId, outcome, at, endpoint, resource, ip, userAgent }: Use): void {
      const of = find(tokenId, organizationId, Math.floor(at / HOUR_MS))
      if (of === null) {
        drop('use')
        return
      }
      if (!of.waits) wait(of)
      const active = outcome === 'active'
      if (active) of.active++
      else {
        of.refused ??= new Map()
        of.refused.set(outcome, (of.refused.get(outcome) ?? 0) + 1)
      }
      if (endpoint) tally(of, 0, endpoint, active)
      if (resource) tally(of, 1, resource, active)
      const agent = userAgent ? tally(of, 3, userAgent, active) : null
      const address = ip ? tally(of, 2, ip, active) : null
      if (address !== null && agent !== null && agent.value !== OTHER) address.userAgent = agent.value
    },
    /**
     * Up to so many token hours with up to so many values, of those that waited when the last of the ones before were
     * taken, those together whose ids begin alike; whoever takes them sets them to zero. Empty where none waits.
     */
    take(hoursAtOnce: number, valuesAtOnce: number): TokenHour[] {
      if (queue.length === 0) {
        queue = [...waiting.values()].flat()
        waiting = new Map()
        waits = 0
      }
      const taken: TokenHour[] = []
      let size = 0
      for (let next = queue.at(-1); next !== undefined; next = queue.at(-1)) {
        if (taken.length > 0 && (taken.length === hoursAtOnce || size + next.size > valuesAtOnce)) break
        queue.pop()
        next.waits = false
        size += next.size
        taken.push(next)
      }
      return taken
    },
    /** What was written before may be lost: nothing is known of it any more. */
    doubt(): void {
      forget()
      for (const each of allWaiting()) each.crowded = true
    },
    /** Whether some of those that waited at the last `take` still do. */
    hasMore: () => queue.length > 0,
  }
}
