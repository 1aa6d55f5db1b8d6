import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testWorld } from '#lib/testing/world'
import { digestOf, secretString } from '#lib/tokens/secret'
import { type Act, actOn, PEOPLE, type Rules, rules } from '#lib/tokens/testing/acts'
import { letGoAtOnce } from '#lib/tokens/testing/gate'
import { openGateway } from '#lib/tokens/testing/gateway'
import { type Deed, linearize, type Order } from '#lib/tokens/testing/linearize'
import { type Model, nthBack, used, verdict } from '#lib/tokens/testing/model'
import { step } from '#lib/tokens/testing/model-step'
import { keptInModel, keptTokens } from '#lib/tokens/testing/sight'
import { openStage, type Stage } from '#lib/tokens/testing/stage'

/**
 * How many races are run: 60, or as many as 20 seconds allow. `TOKENRY_RACES` asks for so many however long they
 * take, `TOKENRY_SEED` for those of a failure, made as small as they can be.
 */
const ASKED = process.env['TOKENRY_RACES']
const SEED = process.env['TOKENRY_SEED']
const limits = {
  ...(SEED && { seed: Number(SEED) }),
  ...(ASKED === undefined && SEED === undefined && { interruptAfterTimeLimit: 20_000 }),
}

/** One act, or several tokens revoked or deleted at once. */
type Move = Act | { readonly who: 'admin'; readonly each: 'revoke' | 'delete'; readonly tokens: readonly string[] }

type Race = {
  readonly rules: Rules
  /** How many more tokens the organization may have when it begins. */
  readonly room: number
  /** What was done before, one after the other. */
  readonly before: readonly Act[]
  /** What everybody does at once, each their own one after the other. */
  readonly programs: readonly (readonly Move[])[]
  readonly gate: Parameters<typeof letGoAtOnce>[1]
}

const admin = { who: 'admin' } as const
const rotate = { ...admin, verb: 'rotate', overlap: 3_600, confirmedMinutesAgo: 0 } as const
const BEFORE: readonly Act[] = [
  { ...admin, verb: 'reveal', token: 'default', key: 0 },
  { ...rotate, token: 'default' },
  { ...admin, verb: 'create', label: 'second', own: false, name: 'Second' },
  { ...admin, verb: 'create', label: 'third', own: false, name: 'Third' },
  { ...admin, verb: 'reveal', token: 'second', key: 1 },
  { ...rotate, token: 'second' },
  { who: 'member', verb: 'reveal', token: 'member', key: 0 },
  { ...admin, verb: 'revoke', token: 'second', andDelete: false },
  { ...admin, verb: 'revoke', token: 'third', andDelete: false },
  { ...admin, verb: 'revoke', token: 'default', andDelete: false },
]

const tokens = fc.constantFrom('default', 'default', 'default', 'second', 'third', 'member')
const bulk: fc.Arbitrary<Move> = fc.record({
  who: fc.constant('admin'),
  each: fc.constantFrom('revoke', 'delete'),
  tokens: fc.shuffledSubarray(['default', 'second', 'third'], { minLength: 2 }),
})
const program = fc.array(fc.oneof({ weight: 8, arbitrary: actOn(tokens) }, { weight: 1, arbitrary: bulk }), {
  minLength: 1,
  maxLength: 3,
})

// What is known to be hard, each by two or three who want it at the same moment.
const on = (token: string) => ({ ...admin, token })
const DUELS: readonly (readonly [before: number[], ...acts: Act[]])[] = [
  [[], { ...on('default'), verb: 'reveal', key: 1 }, { ...on('default'), verb: 'reveal', key: 2 }],
  [[], { ...on('default'), verb: 'reveal', key: 1 }, { ...on('default'), verb: 'reveal', key: 1 }],
  [[0, 1], { ...on('default'), verb: 'reveal', key: 1 }, { ...on('default'), verb: 'reveal', key: 2 }],
  [[0, 1], { ...on('default'), verb: 'reveal', key: 1 }, { ...rotate, token: 'default', overlap: 0 }],
  [[0], { ...on('default'), verb: 'reveal', key: 1 }, { ...rotate, token: 'default' }],
  [[2, 4, 7], { ...on('second'), verb: 'restore' }, { ...on('second'), verb: 'delete' }],
  [[2, 3, 7, 8], { ...on('second'), verb: 'restore' }, { ...on('third'), verb: 'restore' }],
  [[], { ...on('default'), verb: 'revoke', andDelete: false }, { ...on('default'), verb: 'restore' }],
  [[], { ...on('default'), verb: 'edit', name: 'New' }, { ...on('default'), verb: 'revoke', andDelete: true }],
  [[2, 7], { ...on('second'), verb: 'restore' }, { ...admin, verb: 'create', label: '', own: false, name: 'New' }],
  [
    [],
    { ...admin, verb: 'create', label: '', own: false, name: 'One' },
    { ...admin, verb: 'create', label: '', own: false, name: 'Two' },
  ],
  [
    [],
    { who: 'member', verb: 'create', label: '', own: true, name: 'One' },
    { who: 'member', verb: 'edit', token: 'member', name: 'ONE' },
  ],
  [[2], { ...on('default'), verb: 'edit', name: 'Same' }, { ...on('second'), verb: 'edit', name: 'same' }],
  [[0], { ...on('default'), verb: 'use', back: 0 }, { ...on('default'), verb: 'reveal', key: 0 }],
]

const gates = fc.constantFrom(null, 'tokens', 'token_secrets', 'audit_events', 'audit_events')
const room = fc.constantFrom(0, 1, 1, 1, 2)
const free: fc.Arbitrary<Race> = fc.record({
  rules,
  room,
  before: fc.subarray([...BEFORE]),
  programs: fc.array(program, { minLength: 2, maxLength: 4 }),
  gate: gates,
})
const duel: fc.Arbitrary<Race> = fc
  .record({ rules, room, drawn: fc.constantFrom(...DUELS), more: fc.array(program, { maxLength: 1 }), gate: gates })
  .map(({ drawn: [before, ...acts], more, ...race }) => ({
    ...race,
    before: before.flatMap((nth) => BEFORE[nth] ?? []),
    programs: [...acts.map((act) => [act]), ...more],
  }))

test('whatever people do at once, it comes out as if they had done it one after the other', async () => {
  const world = await testWorld()
  const gateway = await openGateway(world)
  await fc.assert(
    fc.asyncProperty(fc.oneof(free, duel), async (race) => {
      const stage = await openStage(world, gateway, race.rules)
      const begin = { ...race.rules, limit: 9 }
      await stage.rule(begin, false)
      let model: Model = { ...stage.model, rules: begin }
      for (const act of race.before) model = await prepare(stage, model, act)
      model = { ...model, rules: { ...begin, limit: used(model) + race.room } }
      await stage.rule(model.rules, false)
      const since = String((await world.sql`select max(id) as id from audit_events`)[0]?.['id'])
      const programs = await letGoAtOnce(world, race.gate, () =>
        race.programs.map((moves, nth) => play(stage, model, moves, nth)),
      )
      const known = new Map([...stage.secrets].map(([name, secret]) => [name, secret.reveal()]))
      const [kept, trail] = [await keptTokens(stage), await trailSince(stage, since)]
      const fits = (order: Order) => isDeepStrictEqual([keptIn(order), told(order)], [kept, trail])
      const order = linearize(model, programs, known, fits)
      const deeds = programs.map((each) => each.map(({ act, done }) => `${JSON.stringify(act)}: ${done.code}`))
      expect(order, `no order gives ${JSON.stringify({ deeds, kept, trail }, null, 1)}`).not.toBeNull()
      if (order === null) return
      for (const [name, secret] of order.secrets) stage.secrets.set(name, secretString(secret))
      for (const [label, token] of Object.entries(order.model.tokens))
        for (let nth = 1; nth <= token.minted; nth++)
          expect(await stage.verify(label, nth, true)).toBe(verdict(order.model, token, nth))
    }),
    { numRuns: Number(ASKED ?? 60), ...limits },
  )
}, 600_000)

/** What comes before a race, if there is such a token and the act is not refused. */
async function prepare(stage: Stage, before: Model, act: Act): Promise<Model> {
  const label = act.verb === 'create' ? act.label : act.token
  if (act.verb !== 'create' && before.tokens[label] === undefined) return before
  const { model, outcome } = step(before, act)
  const done = await stage.perform(act)
  expect(done.code).toBe(outcome.code)
  if (done.secret !== undefined) stage.secrets.set(`${label} ${outcome.secret}`, secretString(done.secret))
  return model
}

/** Does one's moves one after the other, on the tokens that were there before. */
async function play(stage: Stage, { tokens: there }: Model, moves: readonly Move[], program: number): Promise<Deed[]> {
  const deeds: Deed[] = []
  const perform = async (act: Act) => {
    const done = await stage.perform(act)
    deeds.push({ act, done })
    return done.code
  }
  for (const [nth, move] of moves.entries()) {
    if ('each' in move) {
      const labels = move.tokens.filter((label) => there[label] !== undefined)
      const done = await stage.performEach(move.who, move.each, labels)
      for (const [index, token] of labels.entries())
        deeds.push({ act: { who: move.who, verb: move.each, token, andDelete: false }, done: done[index] ?? NOTHING })
    } else if (move.verb === 'create') await perform({ ...move, label: `made by ${program}, ${nth}` })
    else if (there[move.token] === undefined) continue
    else if (move.verb === 'use') {
      const use = { who: move.who, token: move.token, nth: nthBack(there[move.token] ?? { minted: 0 }, move.back) }
      if ((await perform({ ...use, verb: 'look' })) === 'ok') await perform({ ...use, verb: 'spend' })
    } else await perform(move)
  }
  return deeds
}

const NOTHING = { code: 'nothing' }

const keptIn = ({ model, secrets }: Order) =>
  keptInModel(model, (label, nth) => {
    const secret = secrets.get(`${label} ${nth}`)
    return secret === undefined ? undefined : Buffer.from(digestOf(secretString(secret))).toString('hex')
  })

/** What the trail says of each token that anything was done to, in its order. */
const told = ({ trail }: Order) => Object.fromEntries(Object.entries(trail).filter(([, events]) => events.length > 0))

async function trailSince({ sql, ids, people }: Stage, since: string): Promise<Record<string, string[]>> {
  const events = await sql`select action, target_id as token, actor_user_id as who from audit_events
    where id > ${since} order by id`
  const trail: Record<string, string[]> = {}
  for (const { action, token, who } of events) {
    const label = Object.keys(ids).find((each) => ids[each] === token) ?? String(token)
    const name = PEOPLE.find((each) => people[each].actor.userId === who)
    trail[label] = [...(trail[label] ?? []), `${name} ${String(action).replace('token.', '')}`]
  }
  return trail
}
