import { onTestFinished } from 'vitest'
import { addUses, type CountedUses } from '#db/queries/usage-add'
import type { ReportOrder, ReportPiece } from '#lib/reports/order'
import { openRenderer, type Renderer } from '#lib/reports/renderer'
import { NOW, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'

const HOUR = 3_600_000
export const DAY = 24 * HOUR
const NOTHING: CountedUses = { hours: [], endpoints: [], resources: [], addresses: [], userAgents: [] }

/** Alder with two tokens that were used in every hour of the last days, and what renders reports of it. */
export async function reportWorld({ days = 2, patienceMs = 60_000, longestMs = 60_000 } = {}) {
  const world = await testWorld()
  const { alder, person, sql, url } = world
  const admin = await person(alder, 'admin')
  const make = async (name: string) => (await createToken(admin, { organizationId: alder.id, name })).id
  const tokens = { one: await make('=Metering 日本'), two: await make('Žluťoučký') }
  const add = (uses: Partial<CountedUses>) => sql.begin((tx) => addUses(tx, { ...NOTHING, ...uses }))
  const begin = Math.floor(NOW.getTime() / HOUR) - 24 * days
  const hours = Array.from({ length: 24 * days }, (_, n) => begin + n)
  const organizationId = alder.id
  const of = (tokenId: string, hour: number) => ({ tokenId, organizationId, hour })
  await add({
    hours: hours.flatMap((hour) => [
      { ...of(tokens.one, hour), outcome: 'active', count: 7 },
      { ...of(tokens.one, hour), outcome: 'expired', count: 2 },
      { ...of(tokens.two, hour), outcome: 'active', count: 1 },
    ]),
    endpoints: hours.map((hour) => ({
      ...of(tokens.one, hour),
      value: '/v2/readings',
      userAgent: null,
      active: 7,
      refused: 2,
    })),
  })
  const renderer = openRenderer(url, { patienceMs, longestMs })
  onTestFinished(() => renderer.close())
  const order = (change: Partial<ReportOrder> = {}): ReportOrder => ({
    format: 'pdf',
    organization: { id: alder.id, name: alder.name },
    from: new Date(NOW.getTime() - days * DAY),
    to: NOW,
    timeZone: 'UTC',
    actor: admin.actor,
    asked: { at: NOW, by: admin.actor.email },
    extended: true,
    ...change,
  })
  return { ...world, admin, tokens, renderer, order }
}

/** All of a report's file. */
export async function fileOf(renderer: Renderer, order: ReportOrder): Promise<Uint8Array> {
  const pieces: ReportPiece[] = []
  const rendering = await renderer.open(order, { signal: new AbortController().signal })
  await rendering.render(async (piece) => void pieces.push(piece))
  return Buffer.concat(pieces.map(({ bytes }) => bytes))
}
