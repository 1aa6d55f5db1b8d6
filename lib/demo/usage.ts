import { sqlOf, type Transaction } from '#db/client'
import { addUses, type CountedUses, type CountedValue } from '#db/queries/usage-add'
import { listUsedTokens, type UsedToken } from '#db/queries/usage-demo'
import { HABITS, type Habit } from '#lib/demo/habits'
import type { Outcome } from '#lib/usage/choices'

const HOUR = 3_600_000
const DAYS = 90

/**
 * Gives the sample tokens that were used ninety days of usage at most, from their reveal to their last use; then some
 * refusals, where what ended them took their services by surprise. The same on every run but for dates.
 */
export async function seedUsage(tx: Transaction, now: Date): Promise<void> {
  const made = () => new Map()
  const uses: Uses = { hours: made(), endpoints: made(), resources: made(), addresses: made(), userAgents: made() }
  for (const token of await listUsedTokens(tx)) {
    const habit = HABITS.find((each) => each.token === token.name)
    if (habit !== undefined) addUsage(uses, token, habit, now)
  }
  await addUses(sqlOf(tx), {
    hours: [...uses.hours.values()],
    endpoints: [...uses.endpoints.values()],
    resources: [...uses.resources.values()],
    addresses: [...uses.addresses.values()],
    userAgents: [...uses.userAgents.values()],
  })
}

type Uses = { readonly [Name in keyof CountedUses]: Map<string, CountedUses[Name][number]> }

function addUsage(uses: Uses, token: UsedToken, habit: Habit, now: Date): void {
  const throws = dice(habit.perHour)
  const begin = Math.max(token.revealedAt.getTime(), now.getTime() - DAYS * 24 * HOUR)
  const [first, last] = [Math.ceil(begin / HOUR), Math.floor(token.lastUsedAt.getTime() / HOUR)]
  for (let hour = first; hour <= last; hour++) {
    const part = hour === last ? (token.lastUsedAt.getTime() % HOUR) / HOUR : 1
    const wanted = habit.perHour * busyness(hour, habit, last) * part * (0.8 + 0.4 * throws())
    const count = Math.max(hour === last ? 1 : 0, Math.round(wanted))
    if (count > 0) addHour(uses, token, habit, hour, count, throws)
  }
  const { revokedAt, expiresAt } = token
  const ended = revokedAt ?? expiresAt
  if (ended === null || ended > now) return
  const outcome = revokedAt === null ? 'expired' : 'revoked'
  const [from, until] = [Math.ceil(ended.getTime() / HOUR), Math.floor(now.getTime() / HOUR)]
  for (let hour = from; hour < Math.min(from + 60, until); hour++) {
    const count = Math.round((habit.perHour * busyness(hour, habit, last) * throws()) / 8)
    const [service] = habit.services
    if (count > 0 && service !== undefined) addOf(uses, token, habit, hour, service, [0, [[outcome, count]]])
  }
}

/** Every service has its share, the first one what is left; some of it is refused. */
function addHour(uses: Uses, token: UsedToken, habit: Habit, hour: number, count: number, throws: () => number): void {
  const [first, ...others] = habit.services
  if (first === undefined) return
  let left = count
  for (const service of others) {
    const part = Math.min(left - 1, Math.floor(count * service.share + throws()))
    if (part <= 0) continue
    left -= part
    addOf(uses, token, habit, hour, service, refuse(habit, part, throws, part))
  }
  addOf(uses, token, habit, hour, first, refuse(habit, left, throws, left - 1))
}

type Judged = readonly [active: number, refusals: readonly (readonly [Outcome, number])[]]

function refuse({ refusals }: Habit, count: number, throws: () => number, atMost: number): Judged {
  let left = atMost
  const refused = refusals.map(({ outcome, oneIn }) => {
    const some = Math.min(left, Math.floor(count / oneIn + throws()))
    left -= some
    return [outcome, some] as const
  })
  return [count - refused.reduce((sum, [, some]) => sum + some, 0), refused.filter(([, some]) => some > 0)]
}

function addOf(
  uses: Uses,
  { id: tokenId, organizationId }: UsedToken,
  { endpoints, devices }: Habit,
  hour: number,
  { address, userAgent }: Habit['services'][number],
  [active, refusals]: Judged,
): void {
  const key = { tokenId, organizationId, hour }
  const refused = refusals.reduce((sum, [, some]) => sum + some, 0)
  const judged = [['active', active] as const, ...refusals].filter(([, count]) => count > 0)
  for (const [outcome, count] of judged) {
    const at = `${tokenId} ${hour} ${outcome}`
    uses.hours.set(at, { ...key, outcome, count: count + (uses.hours.get(at)?.count ?? 0) })
  }
  const add = (
    values: Map<string, CountedValue>,
    value: string,
    good: number,
    bad: number,
    agent: string | null = null,
  ) => {
    if (good + bad === 0) return
    const at = `${tokenId} ${hour} ${value}`
    const { active: before, refused: also } = values.get(at) ?? { active: 0, refused: 0 }
    values.set(at, { ...key, value, active: before + good, refused: also + bad, userAgent: agent })
  }
  const spread = (values: Map<string, CountedValue>, names: readonly string[]) => {
    for (const [n, name] of names.entries())
      add(values, name, share(active, n, names.length), share(refused, n, names.length))
  }
  spread(uses.endpoints, endpoints)
  spread(
    uses.resources,
    devices.map((device) => `device:${device}`),
  )
  add(uses.addresses, address, active, refused, userAgent)
  add(uses.userAgents, userAgent, active, refused)
}

// Halves: the first has half, the next half of what is left, the last one the rest.
const share = (count: number, n: number, of: number) => {
  const from = (place: number) => (place === of ? 0 : Math.ceil(count / 2 ** place))
  return from(n) - from(n + 1)
}

/** Of the busiest hour: most by day from Monday to Friday, in UTC. */
function busyness(hour: number, { nightly }: Habit, last: number): number {
  const ofDay = hour % 24
  if (nightly) return ofDay === last % 24 ? 1 : 0
  // 1 January 1970 was a Thursday.
  const weekend = (Math.floor(hour / 24) + 3) % 7 >= 5
  const byDay = Math.max(0, Math.sin(((ofDay - 5) / 15) * Math.PI))
  return (weekend ? 0.35 : 1) * (0.06 + 0.94 * byDay)
}

/** Numbers from 0 to 1, the same on every run. */
function dice(seed: number) {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
