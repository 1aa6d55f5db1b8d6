import { recordUses } from '#db/queries/usage-last'
import type { VerificationDatabase } from '#db/verification-client'
import type { Outcome } from '#lib/usage/choices'
import { openFlusher } from '#lib/verification/usage-recorder/flusher'
import { openHourlyUses } from '#lib/verification/usage-recorder/hours'
import { openLastUses } from '#lib/verification/usage-recorder/last'
import { KINDS } from '#lib/verification/usage-recorder/values'
import { openHourWriter } from '#lib/verification/usage-recorder/write'

const LAST_USES_EVERY_MS = 250
const HOURS_EVERY_MS = 400
const TOKENS_AT_MOST = 100_000
const VALUES_AT_MOST = 300_000
const LAST_USES_AT_ONCE = 2_000

/** A secret of ours was presented, and what was said of it. Texts may be as they came: they are cut and made printable. */
export type Use = {
  readonly tokenId: string
  /** Where the token counts; null: nowhere, or that is not known. */
  readonly organizationId: string | null
  readonly outcome: Outcome
  /** Milliseconds since 1970. */
  readonly at: number
  /** What the caller of verify says it is used for; of a caller's own credential, the path of the route. */
  readonly endpoint: string | null
  readonly resource: string | null
  readonly ip: string | null
  readonly userAgent: string | null
  /** SHA-256 of the secret used, where its reveal was not finished; else null. */
  readonly opened: Uint8Array | null
}

export type UsageRecorder = ReturnType<typeof openUsageRecorder>

/** `lastUse`: of a token; `use`: a whole use; the others: one value of a use that is counted otherwise. */
export const DROPPED_KINDS = ['lastUse', 'use', ...KINDS] as const
export type Dropped = Readonly<Record<(typeof DROPPED_KINDS)[number], number>>

/**
 * Gathers uses and writes them: the last active use of each token every 250 ms and how often each came in an hour every
 * 400, or up to a second where writing takes long; with a connection each neither waits for the other. What could not be
 * written is kept and written later, once: within bounds, beyond which it is dropped and counted. What was gathered
 * since the last write is lost with the process unless it closes in order; and where commits don't wait for the disk,
 * PostgreSQL's own crash takes what it had not put there yet, less than a second's.
 */
export function openUsageRecorder(
  ledger: Pick<VerificationDatabase, 'ask'>,
  {
    tokensAtMost = TOKENS_AT_MOST,
    valuesAtMost = VALUES_AT_MOST,
    lastUsesEveryMs = LAST_USES_EVERY_MS,
    hoursEveryMs = HOURS_EVERY_MS,
    lastUsesOn = ledger,
    flushed,
  }: {
    readonly tokensAtMost?: number
    readonly valuesAtMost?: number
    readonly lastUsesEveryMs?: number
    readonly hoursEveryMs?: number
    /** Where the last uses are written, if not on the ledger. */
    readonly lastUsesOn?: Pick<VerificationDatabase, 'ask'>
    /** Told how long each write of everything took. */
    readonly flushed?: (what: 'lastUses' | 'hours', milliseconds: number) => void
  } = {},
) {
  const dropped = { lastUse: 0, use: 0, endpoint: 0, resource: 0, address: 0, userAgent: 0 }
  const lastUses = openLastUses(tokensAtMost)
  const hours = openHourlyUses({ hoursAtMost: tokensAtMost, valuesAtMost }, (what) => {
    dropped[what]++
  })
  const writer = openHourWriter(ledger, hours)
  const lastUseFlusher = openFlusher(writeLastUses, lastUsesEveryMs, {
    isEmpty: () => lastUses.size() === 0,
    flushed: (milliseconds) => flushed?.('lastUses', milliseconds),
  })
  const hourFlusher = openFlusher(writer.flush, hoursEveryMs, {
    isEmpty: writer.isEmpty,
    flushed: (milliseconds) => flushed?.('hours', milliseconds),
  })

  async function writeLastUses(): Promise<boolean> {
    const uses = lastUses.take()
    for (let written = 0; written < uses.length; written += LAST_USES_AT_ONCE) {
      try {
        await lastUsesOn.ask((sql) => recordUses(sql, uses.slice(written, written + LAST_USES_AT_ONCE)))
      } catch {
        for (const use of uses.slice(written)) if (!lastUses.putBack(use)) dropped.lastUse++
        return false
      }
    }
    return true
  }

  return {
    /** Takes no longer than a few look-ups in memory, and never throws. */
    record(use: Use): void {
      if (use.outcome === 'active') {
        if (!lastUses.add(use)) dropped.lastUse++
        lastUseFlusher.wake()
      }
      hours.add(use)
      hourFlusher.wake()
    },
    /** What was given up because too much was waiting. */
    dropped: (): Dropped => dropped,
    /** Writes what is left; gives up at the first failure. */
    async close(): Promise<void> {
      await Promise.all([lastUseFlusher.close(), hourFlusher.close()])
    },
  }
}
