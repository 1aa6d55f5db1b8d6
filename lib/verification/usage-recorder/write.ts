import { countUses, fateOf } from '#db/queries/usage-count'
import type { VerificationDatabase } from '#db/verification-client'
import type { openHourlyUses } from '#lib/verification/usage-recorder/hours'
import { type Portion, portionOf } from '#lib/verification/usage-recorder/portion'

// So that neither building a statement nor running it holds others up for long.
const HOURS_AT_ONCE = 1_000
const VALUES_AT_ONCE = 10_000

/**
 * Writes what `hours` gathered in portions, each a transaction. A portion whose writing failed is tried again as it is,
 * unless it turns out that it was committed and only the answer was lost.
 */
export function openHourWriter(ledger: Pick<VerificationDatabase, 'ask'>, hours: ReturnType<typeof openHourlyUses>) {
  let portion: Portion | null = null
  /** The transaction of the portion, where nobody told how it ended. */
  let doubtful: string | null = null
  /** The connection that wrote all that is sure. */
  let session: number | null = null

  async function write(next: Portion): Promise<boolean> {
    try {
      const transaction = doubtful
      if (transaction !== null) {
        const fate = await ledger.ask((sql) => fateOf(sql, transaction))
        if (fate === 'in progress') return false
        doubtful = null
        if (fate === 'committed') {
          // Nobody told what became of its values.
          for (const { of } of next.coming) of.crowded = true
          return true
        }
      }
      const counting = await ledger.ask((sql) =>
        countUses(sql, { ...next, session }, (id) => {
          doubtful = id
        }),
      )
      doubtful = null
      for (const { of } of counting.crowded) of.crowded = true
      if (session !== null && counting.session !== session) hours.doubt()
      session = counting.session
      return true
    } catch {
      return false
    }
  }

  return {
    isEmpty: () => portion === null && hours.size() === 0,
    /** Gives whether everything that was there when it began is written. */
    async flush(): Promise<boolean> {
      do {
        portion ??= portionOf(hours.take(HOURS_AT_ONCE, VALUES_AT_ONCE))
        if (!(await write(portion))) return false
        portion = null
      } while (hours.hasMore())
      return true
    },
  }
}
