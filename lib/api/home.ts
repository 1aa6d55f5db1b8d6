import { openVerificationDatabase } from '#db/verification-client'
import { systemClock } from '#lib/clock'
import type { Context } from '#lib/context'
import { database } from '#lib/database'
import { env } from '#lib/env'
import { shared } from '#lib/server/shared'
import { openAdmission } from '#lib/verification/admission'
import { openFactsCache } from '#lib/verification/facts-cache'
import { openLease } from '#lib/verification/lease'
import { openLookUps } from '#lib/verification/look-ups'
import type { Verifier } from '#lib/verification/verify'

/** What the HTTP API works with: all of a verb's context but who acts, and what tells who that is. */
export type ApiHome = Omit<Context, 'actor'> & Pick<Verifier, 'lookUps' | 'recorder' | 'prefixes'>

const UNKNOWN_AT_MOST = 1_000

/** Opens it on a database: credentials are looked up there each time. */
export function openApiHome(databaseUrl: string, of: Omit<ApiHome, 'lookUps'>) {
  const credentials = openVerificationDatabase(databaseUrl, { connections: 2 })
  const lookUps = openLookUps({
    database: credentials,
    cache: openFactsCache(UNKNOWN_AT_MOST),
    lease: openLease(),
    admission: openAdmission(),
    remembers: false,
  })
  return { ...of, lookUps, close: () => credentials.close() }
}

// The framework may load this module more than once in a process; there is to be one all the same.
const holder = globalThis as typeof globalThis & { tokenryApiHome?: ReturnType<typeof openApiHome> }

/** The desk's own, opened at its first use. */
export function apiHome(): ApiHome {
  const { databaseUrl, tokenPrefixes, sealKeys } = env()
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is set by the server before the desk starts')
  holder.tokenryApiHome ??= openApiHome(databaseUrl, {
    db: database(),
    clock: systemClock,
    prefix: tokenPrefixes[0],
    prefixes: tokenPrefixes,
    sealKeys,
    recorder: shared('recorder'),
  })
  return holder.tokenryApiHome
}
