import { countConnections } from '#db/queries/connections'
import { findTokenFacts } from '#db/queries/verification'
import { openVerificationDatabase } from '#db/verification-client'
import { type Clock, systemClock } from '#lib/clock'
import { trustedProxies } from '#lib/forwarding'
import { type Log, log as ownLog } from '#lib/log'
import { openMemory } from '#lib/verification/memory'
import { openHandler } from '#lib/verification/node'
import { openObserver } from '#lib/verification/observe'
import { openTally } from '#lib/verification/tally'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

const READERS = 4
const WRITERS = 2
const ENTRIES_AT_MOST = 200_000

/**
 * A verifier with all that it works with: `handle` answers for it on node:http. Opening does not need the database to be there; without it every answer is 503. The caller's address is the
 * socket's, or what a trusted proxy says of it.
 */
export async function openVerifier(options: {
  readonly databaseUrl: string
  /** Accepted prefixes of secrets. */
  readonly prefixes: readonly string[]
  /** As it is called in the list of verifiers. */
  readonly name?: string
  /** What PostgreSQL is to narrow the login's rights to; null: to nothing. */
  readonly role?: string | null
  /** Whose word on the client's address counts. */
  readonly trustedProxies?: readonly string[]
  /** How many tokens are kept in memory; 0: none is, and every look-up goes to the database. */
  readonly entriesAtMost?: number
  readonly clock?: Clock
  readonly log?: Log
}) {
  const { databaseUrl, prefixes, name = 'verifier', role = null, entriesAtMost = ENTRIES_AT_MOST } = options
  const { clock = systemClock, log = ownLog() } = options
  const database = openVerificationDatabase(databaseUrl, { connections: READERS, role })
  const memory = openMemory({
    ...{ databaseUrl, role, name, database },
    entriesAtMost: entriesAtMost === 0 ? ENTRIES_AT_MOST : entriesAtMost,
    remembers: entriesAtMost > 0,
  })
  // On a connection of its own: no look-up waits behind a write.
  const ledger = openVerificationDatabase(databaseUrl, { connections: 1, role, durable: false })
  const lastUses = openVerificationDatabase(databaseUrl, { connections: 1, role, durable: false })
  const recorder = openUsageRecorder(ledger, { lastUsesOn: lastUses })
  // Apart too: a revocation may wait for a token that somebody holds, and drizzle changes how its client hands over times.
  const changes = openVerificationDatabase(databaseUrl, { connections: WRITERS, role })
  const { lookUps, forgetToken } = memory
  const verifier = { lookUps, forgetToken, changes, recorder, prefixes, clock }
  const tally = openTally()
  const observe = openObserver({ log, tally, prefixes })
  const handle = openHandler(verifier, { isTrusted: trustedProxies(options.trustedProxies ?? []), observe })
  // So that the first caller waits neither for a connection nor for the query to be prepared.
  await database.ask((sql) => findTokenFacts(sql, '')).catch(() => {})
  return {
    handle,
    /** Takes the uses of other callers' credentials too. */
    recorder,
    /** Resolves once it hears of changes. @throws Error with one sentence where the database never passes them on */
    heard: memory.heard,
    /** What it counted since it was opened. */
    tally,
    /** Questions that wait for the database, uses that were given up, and what it has in memory. */
    state() {
      const { waiting, ...remembered } = memory.state()
      return {
        ...remembered,
        waiting: waiting + database.waiting() + changes.waiting() + ledger.waiting() + lastUses.waiting(),
        droppedUses: recorder.dropped(),
      }
    },
    /** The connections of all our programs to the database. @throws DatabaseUnavailable */
    connections: () => ledger.ask(countConnections),
    /** Writes the uses that are still to be written, then lets go of the database. */
    async close(): Promise<void> {
      await Promise.all([recorder.close(), memory.close()])
      await Promise.all([ledger, lastUses, changes, database].map((each) => each.close()))
    },
  }
}
