/** How long a failed password counts, from the first of its span. */
export const SPAN_MS = 15 * 60_000

/** Failures within one span: for one account from one network, from one network, and in all. */
export const LIMITS = { account: 10, network: 50, all: 1000 } as const

type Scope = keyof typeof LIMITS

/** What is counted so far, and when that begins anew. */
export type Tally = { readonly count: number; readonly endsAt: Date }

export type Refusal = {
  readonly until: Date
  /** Whether it passes over those who have signed in from that very network lately. */
  readonly sparesRegulars: boolean
  /** Whether it is the first for this account and network within the span. */
  readonly first: boolean
}

/**
 * Whether one more password may be tried, as counted before it; null if so. What is counted for the account and network
 * binds everybody; what others do, on that network or anywhere, never keeps out a regular of the network.
 */
export function judgeTry(tallies: Readonly<Record<Scope, Tally | null>>, now: Date): Refusal | null {
  const beyond = (scope: Scope) => {
    const tally = tallies[scope]
    return tally !== null && tally.endsAt > now && tally.count >= LIMITS[scope] ? [tally] : []
  }
  const own = beyond('account')
  const all = [...own, ...beyond('network'), ...beyond('all')]
  if (all.length === 0) return null
  return {
    until: new Date(Math.max(...all.map(({ endsAt }) => endsAt.getTime()))),
    sparesRegulars: own.length === 0,
    // Whoever writes the first refusal down counts one more for it.
    first: own[0]?.count === LIMITS.account,
  }
}
