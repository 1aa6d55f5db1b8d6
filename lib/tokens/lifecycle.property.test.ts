import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wipeOverdueRevealSalts } from '#db/queries/token-secrets'
import { testWorld } from '#lib/testing/world'
import { secretString } from '#lib/tokens/secret'
import { type Act, PEOPLE, type PersonName, rules } from '#lib/tokens/testing/acts'
import { openGateway } from '#lib/tokens/testing/gateway'
import { type Happening, happenings } from '#lib/tokens/testing/happenings'
import { type Model, verdict } from '#lib/tokens/testing/model'
import { step } from '#lib/tokens/testing/model-step'
import { digestOn, keptInModel, keptTokens, seen, toSee } from '#lib/tokens/testing/sight'
import { openStage, type Stage } from '#lib/tokens/testing/stage'

/**
 * How many histories are tried: 16, or as many as 20 seconds allow. `TOKENRY_HISTORIES` asks for so many however long they
 * take, `TOKENRY_SEED` for those of a failure, made as small as they can be.
 */
const ASKED = process.env['TOKENRY_HISTORIES']
const SEED = process.env['TOKENRY_SEED']
const limits = {
  ...(SEED && { seed: Number(SEED) }),
  ...(ASKED === undefined && SEED === undefined && { interruptAfterTimeLimit: 20_000 }),
}

test('whatever happens in whatever order, tokens are as the lifecycle says, for everybody who looks', async () => {
  const world = await testWorld()
  const gateway = await openGateway(world)
  const history = fc.record({ rules, happenings })
  await fc.assert(
    fc.asyncProperty(history, async ({ rules: begin, happenings: all }) => {
      const stage = await openStage(world, gateway, begin)
      await stage.rule(begin, false)
      let model = stage.model
      const acts: Act[] = []
      for (const [nth, happening] of all.entries()) {
        if ('pass' in happening) {
          world.pass(happening.pass)
          model = { ...model, now: model.now + happening.pass }
          await wipeOverdueRevealSalts(world.db, world.clock())
        } else if ('rules' in happening) {
          await stage.rule(happening.rules, happening.suspended)
          model = { ...model, rules: happening.rules, suspended: happening.suspended }
        } else if ('each' in happening) {
          model = await several(stage, model, happening)
        } else {
          const act = 'again' in happening ? acts.at(-happening.again) : named(happening, model, `made ${nth}`)
          if (act === undefined) continue
          acts.push(act)
          model = await both(stage, model, act)
        }
      }
      for (const label of Object.keys(model.tokens)) await look(stage, model, label, PEOPLE)
      await holdsNoSecret(stage)
    }),
    { numRuns: Number(ASKED ?? 16), ...limits },
  )
}, 600_000)

/** The act, on one of the tokens that there are, or making another. */
function named({ act, on, asOwner }: Extract<Happening, { act: Act }>, { tokens }: Model, label: string): Act {
  if (act.verb === 'create') return { ...act, label }
  const all = Object.keys(tokens)
  const live = all.filter((each) => tokens[each]?.deleted === false)
  const token = (on < 5 ? live[on % live.length] : undefined) ?? all[on % all.length] ?? ''
  const owner = tokens[token]?.owner ?? null
  return { ...act, token, ...(asOwner && owner !== null && { who: owner }) }
}

/** Does it in the product and in the model, and compares what came of it. */
async function both(stage: Stage, before: Model, act: Act): Promise<Model> {
  const { model, outcome } = step(before, act)
  const label = act.verb === 'create' ? act.label : act.token
  const since = await lastEvent(stage)
  const done = await stage.perform(act, before.tokens[label]?.minted)
  const told = `${JSON.stringify(act)} at ${stage.clock().toISOString()}`
  expect(done.code, told).toBe(outcome.code)
  if (done.secret !== undefined) {
    const name = `${label} ${outcome.secret}`
    expect([...stage.secrets].find(([, each]) => each.reveal() === done.secret)?.[0] ?? name, told).toBe(name)
    const known = stage.secrets.get(name)
    if (known === undefined) stage.secrets.set(name, secretString(done.secret))
    else expect(done.secret === known.reveal(), told).toBe(true)
  }
  const events = await stage.sql`select action, target_id as token, actor_user_id as who from audit_events
    where id > ${since} order by id`
  const who = stage.people[act.who].actor.userId
  expect([...events], told).toEqual(
    outcome.events.map((event) => ({ action: `token.${event}`, token: stage.ids[label], who })),
  )
  expect(await keptTokens(stage), told).toEqual(keptInModel(model, digestOn(stage)))
  if (stage.ids[label] !== undefined)
    await look(stage, model, label, [act.who, model.tokens[label]?.owner ?? 'admin'], told)
  return model
}

/** The same for several tokens at once, of which each is refused or done by itself. */
async function several(stage: Stage, before: Model, { each: verb, tokens }: Extract<Happening, { each: string }>) {
  const labels = Object.keys(before.tokens).filter((_, index) => tokens.includes(index))
  let model = before
  const expected = labels.map((token) => {
    const after = step(model, { who: 'admin', verb, token, andDelete: false })
    model = after.model
    return { code: after.outcome.code }
  })
  expect(await stage.performEach('admin', verb, labels), `${verb} ${labels}`).toEqual(expected)
  expect(await keptTokens(stage), `${verb} ${labels}`).toEqual(keptInModel(model, digestOn(stage)))
  return model
}

const lastEvent = async ({ sql }: Stage) => String((await sql`select max(id) as id from audit_events`)[0]?.['id'])

/** Compares what people see of a token, and what the gateway is told of all its secrets. */
async function look(stage: Stage, model: Model, label: string, people: readonly PersonName[], told = 'at the end') {
  const token = model.tokens[label]
  if (token === undefined) throw new Error(`no token ${label}`)
  for (const who of people)
    expect(await seen(stage, label, token, who), `${who} sees ${label}, ${told}`).toEqual(toSee(model, token, who))
  for (let nth = 1; nth <= token.minted; nth++)
    expect(await stage.verify(label, nth, true), `secret ${nth} of ${label}, ${told}`).toBe(verdict(model, token, nth))
}

/** What PostgreSQL may keep: no secret of a deleted token, no salt beyond its time, and nothing of any secret itself. */
async function holdsNoSecret({ sql, ids, secrets, clock }: Stage) {
  const all = sql(Object.values(ids))
  expect(
    await sql`select 1 from token_secrets s join tokens t on t.id = s.token_id
      where t.id in ${all} and (t.deleted_at is not null or (s.reveal_salt is not null and s.reveal_until <= ${clock()}))`,
  ).toHaveLength(0)
  const rows = await sql`select (select json_agg(t) from tokens t where id in ${all})::text
    || coalesce((select json_agg(s) from token_secrets s where token_id in ${all})::text, '')
    || coalesce((select json_agg(e) from audit_events e where target_id in ${all})::text, '') as text`
  const text = String(rows[0]?.['text'])
  for (const secret of secrets.values()) expect(text.includes(secret.reveal().slice(-49, -6))).toBe(false)
}
