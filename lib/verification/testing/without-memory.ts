import type { VerificationDatabase } from '#db/verification-client'
import { openAdmission } from '#lib/verification/admission'
import { openFactsCache } from '#lib/verification/facts-cache'
import { openLease } from '#lib/verification/lease'
import { openLookUps } from '#lib/verification/look-ups'

/** Look-ups that all go to the database. */
export const withoutMemory = (database: Pick<VerificationDatabase, 'ask'>) =>
  openLookUps({
    database,
    cache: openFactsCache(1_000),
    lease: openLease(),
    admission: openAdmission(),
    remembers: false,
  })
