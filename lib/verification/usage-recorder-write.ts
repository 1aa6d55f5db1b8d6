import { type CountedUses, type CountedValue, countUses, fateOf } from '#db/queries/usage-count'
import type { VerificationDatabase } from '#db/verification-client'
import { type Kind, type openHourlyUses, type TokenHour, talliesOf } from '#lib/verification/usage-recorder-hours'

// So that neither building a statement nor running it holds others up for long.
const HOURS_AT_ONCE = 1_000
const VALUES_AT_ONCE = 10_000

/**
 * Writes what `hours` gathered in portions, each a transaction. A portion whose writing failed is tried again as it is,
 * unless it turns out that it was committed and only the answer was lost.
 */
export function openHourWriter(ledger: Pick<VerificationDatabase, 'ask'>, hours: ReturnType<typeof openHourlyUses>) {
  let portions: TokenHour[][] = []
  /** The transaction of the first portion, where nobody told how it ended. */
  let doubtful: string | null = null

  async function write(portion: readonly TokenHour[]): Promise<boolean> {
    try {
      const transaction = doubtful
      if (transaction !== null) {
        const fate = await ledger.ask((sql) => fateOf(sql, transaction))
        if (fate === 'in progress') return false
        doubtful = null
        if (fate === 'committed') return true
      }
      const uses = countedUses(portion)
      await ledger.ask((sql) =>
        countUses(sql, uses, (id) => {
          doubtful = id
        }),
      )
      doubtful = null
      return true
    } catch {
      return false
    }
  }

  return {
    isEmpty: () => portions.length === 0 && hours.size() === 0,
    /** Gives whether everything that was there when it began is written. */
    async flush(): Promise<boolean> {
      if (portions.length === 0) portions = portionsOf(hours.take())
      for (let next = portions[0]; next !== undefined; next = portions[0]) {
        if (!(await write(next))) return false
        hours.release(next)
        portions.shift()
      }
      return true
    },
  }
}

// By id, so that a portion needs few locks and all take them in one order.
function portionsOf(taken: TokenHour[]): TokenHour[][] {
  taken.sort((one, other) => (one.tokenId < other.tokenId ? -1 : one.tokenId > other.tokenId ? 1 : 0))
  const portions: TokenHour[][] = []
  let portion: TokenHour[] = []
  let values = 0
  for (const each of taken) {
    if (portion.length === 0 || portion.length >= HOURS_AT_ONCE || values + each.size > VALUES_AT_ONCE) {
      portion = []
      values = 0
      portions.push(portion)
    }
    portion.push(each)
    values += each.size
  }
  return portions
}

function countedUses(portion: readonly TokenHour[]): CountedUses {
  const hours = portion.flatMap(({ tokenId, organizationId, hour, active, refused }) => {
    const key = { tokenId, organizationId, hour }
    const refusals = refused === null ? [] : [...refused].map(([outcome, count]) => ({ ...key, outcome, count }))
    return active > 0 ? [...refusals, { ...key, outcome: 'active' as const, count: active }] : refusals
  })
  const valuesOf = (kind: Kind) => {
    const values: CountedValue[] = []
    for (const each of portion) {
      const { tokenId, organizationId, hour } = each
      for (const { value, active, refused, userAgent } of talliesOf(each, kind))
        values.push({ tokenId, organizationId, hour, value, active, refused, userAgent })
    }
    return values
  }
  return {
    hours,
    endpoints: valuesOf('endpoint'),
    resources: valuesOf('resource'),
    addresses: valuesOf('address'),
    userAgents: valuesOf('userAgent'),
  }
}
