import { randomUUID } from 'node:crypto'
import { openListening } from '#db/listening'
import { acknowledge, beat, deregister } from '#db/queries/verifiers-own'
import { openVerificationDatabase, type VerificationDatabase } from '#db/verification-client'
import { openAcknowledgements } from '#lib/verification/acknowledgements'
import { openAdmission } from '#lib/verification/admission'
import { openFactsCache } from '#lib/verification/facts-cache'
import { openLease } from '#lib/verification/lease'
import { openLookUps } from '#lib/verification/look-ups'
import { type Message, openPulse } from '#lib/verification/pulse'

const FACTS = 'tokenry_facts'

/**
 * What a verifier remembers, with all that keeps it true: it registers itself, hears of every change, acknowledges
 * revocations, and answers from memory only as long as it is known to have heard of everything. Opening needs no database.
 */
export function openMemory(options: {
  readonly databaseUrl: string
  /** What PostgreSQL is to narrow our rights to; null: to nothing. */
  readonly role: string | null
  /** For people. */
  readonly name: string
  /** Answers look-ups. */
  readonly database: VerificationDatabase
  readonly entriesAtMost: number
  /** false: every look-up goes to the database. */
  readonly remembers: boolean
}) {
  const { databaseUrl, role, name, database, entriesAtMost, remembers } = options
  const id = randomUUID()
  const own = `tokenry_${id}`
  const cache = openFactsCache(entriesAtMost)
  const lease = openLease()
  const lookUps = openLookUps({ database, cache, lease, admission: openAdmission(), remembers })
  // On a connection of its own: neither a look-up nor a write stands before it.
  const link = openVerificationDatabase(databaseUrl, { connections: 1, role, durable: false })
  const acknowledgements = openAcknowledgements((ids) => link.ask((sql) => acknowledge(sql, { id, name }, ids)))

  function changed(what: string) {
    const [, revocation, tokenId] = /^r:(\d+):(\w+)$/.exec(what) ?? []
    cache.changed(tokenId === undefined ? what : `t:${tokenId}`)
    if (revocation !== undefined) acknowledgements.applied(Number(revocation))
  }

  const pulse = openPulse(
    {
      listen: ({ message, lost }) =>
        openListening(databaseUrl, {
          channels: [FACTS, own],
          role,
          onMessage: (channel, payload) => message(readMessage(channel, payload)),
          onLost: lost,
        }),
      send: (number, lagMs) =>
        link.ask((sql) =>
          beat(sql, { id, name, entries: cache.size(), ...lookUps.counts(), lagMs }, own, String(number)),
        ),
    },
    lease,
    { forget: cache.forget, changed },
  )

  return {
    lookUps,
    /** Has a token looked up again, whatever was heard of it. */
    forgetToken: (tokenId: string) => cache.changed(`t:${tokenId}`),
    /** Resolves once it hears of changes. @throws Error with one sentence where the database never passes them on */
    heard: pulse.heard,
    /** What metrics tell of it. */
    state: () => ({ entries: cache.size(), ...lookUps.counts(), leased: lease.holds(), waiting: link.waiting() }),
    async close(): Promise<void> {
      pulse.close()
      acknowledgements.close()
      // Whoever revokes from here on need not wait for it.
      await link.ask((sql) => deregister(sql, id)).catch(() => {})
      await link.close()
    },
  }
}

const readMessage = (channel: string, payload: string): Message =>
  channel === FACTS ? { changed: payload } : { number: Number(payload) }
