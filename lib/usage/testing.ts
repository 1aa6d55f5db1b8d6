import { addUses, type CountedUses } from '#db/queries/usage-add'
import { NOW, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import type { Outcome } from '#lib/usage/choices'
import type { UsageQuestion } from '#lib/usage/question'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
const NOTHING: CountedUses = { hours: [], endpoints: [], resources: [], addresses: [], userAgents: [] }

/** A world with tokens of Alder, of its admin and of Northwind, and a way to let them be used. */
export async function usedWorld() {
  const world = await testWorld()
  const { alder, northwind, person, sql } = world
  const admin = await person(alder, 'admin')
  const reseller = await person(northwind, 'admin')
  const make = async (...[ctx, organizationId, name]: [typeof admin, string | null, string]) =>
    (await createToken(ctx, { organizationId, name })).id
  const tokens = {
    one: await make(admin, alder.id, 'One'),
    two: await make(admin, alder.id, 'Two'),
    own: await make(admin, null, 'Own'),
    above: await make(reseller, northwind.id, 'Above'),
  }
  const add = (uses: Partial<CountedUses>) => sql.begin((tx) => addUses(tx, { ...NOTHING, ...uses }))
  /** One hour's uses, at an instant. */
  const hour = (tokenId: string, at: string | Date, count = 1, outcome: Outcome = 'active', of = alder.id) => ({
    ...{ tokenId, organizationId: of, hour: Math.floor(new Date(at).getTime() / HOUR), outcome, count },
  })
  const ask = (change: Partial<UsageQuestion>): UsageQuestion => ({
    ...{ organizationId: alder.id, from: new Date(NOW.getTime() - 30 * DAY), to: NOW, interval: 'day' },
    ...{ groupBy: null, timeZone: 'UTC', ...change },
  })
  return { ...world, admin, reseller, tokens, add, hour, ask }
}

/** Uses of three tokens in every third hour of 40 days, refused and not. */
export async function filledWorld() {
  const world = await usedWorld()
  const { tokens, add, hour } = world
  const hours = Array.from({ length: 320 }, (_, n) => new Date(NOW.getTime() - 3 * n * HOUR))
  await add({
    hours: hours.flatMap((at, n) => [
      hour(tokens.one, at, 1 + (n % 5)),
      hour(tokens.one, at, 1, n % 2 ? 'expired' : 'revoked'),
      hour(tokens.two, at, 2),
      ...(n % 7 ? [] : [hour(tokens.own, at, 3)]),
    ]),
    endpoints: hours.flatMap((at, n) =>
      ['/a', '/b', `/${n % 9}`].map((value) => ({
        ...hour(tokens.one, at),
        value,
        active: 1,
        refused: 1,
        userAgent: null,
      })),
    ),
  })
  return world
}
