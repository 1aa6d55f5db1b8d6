import { DatabaseUnavailable } from '#db/verification-client'
import type { FactsCache, Reading } from '#lib/verification/facts-cache'
import type { Lease } from '#lib/verification/lease'
import type { Moment } from '#lib/verification/moment'

const TRIES = 5

/**
 * Reads what memory may keep: asks until nothing changes in what is asked for while it is answered, and hands that to
 * `keep` with when it was asked.
 */
export function openSettledReading(
  cache: Pick<FactsCache, 'beginReading' | 'endReading'>,
  lease: Pick<Lease, 'asking'>,
) {
  /** @throws DatabaseUnavailable */
  return async <Row, T>(of: string, ask: () => Promise<Row>, keep: (row: Row, askedAt: Moment) => T): Promise<T> => {
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
}
