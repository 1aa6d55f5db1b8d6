import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { type PlacedRow, ROWS } from '#lib/testing/who-may/rows'
import { expected, type State } from '#lib/testing/who-may/table'
import { whoMayWorld } from '#lib/testing/who-may/world'

// Tries every server action, with the schema and the verb that it is wired to, as everybody in every relation.

type Wired = { readonly schema: z.ZodType; readonly verb: (ctx: Context, input: unknown) => Promise<unknown> }

const wired = vi.hoisted(() => new Map<string, Wired>())

// They need a framework around them, and no verb needs them.
vi.mock('#lib/auth', () => ({}))
vi.mock('#lib/reports/enqueue', () => ({ enqueue: async () => {} }))
vi.mock('next-auth', () => ({ CredentialsSignin: class {} }))
vi.mock('next/headers', () => ({ headers: async () => new Headers() }))
vi.mock('#lib/action', () => {
  const note = (name: string, schema: Wired['schema'], verb: Wired['verb']) => void wired.set(name, { schema, verb })
  return { formAction: note, publicFormAction: note }
})

const ROOT = join(import.meta.dirname, '..')
for await (const path of glob('app/**/*actions.ts', { cwd: ROOT })) await import(join(ROOT, path))

class Undo extends Error {}

/** What comes of it, in a transaction that is undone: the next one finds everything as it was. */
async function outcomeOf(name: string, row: PlacedRow, ctx: Context, input: unknown): Promise<string> {
  const action = wired.get(name)
  if (action === undefined) throw new Error(`there is no action ${name}`)
  let outcome = 'nothing'
  const run = async (db: Context['db']) => {
    try {
      const output = await action.verb({ ...ctx, db }, action.schema.parse(input))
      outcome = row.outcomeOf?.(output) ?? 'ok'
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      outcome = error.code
    }
    throw new Undo()
  }
  await ctx.db
    .transaction((tx) => run(tx))
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return outcome
}

test('every server action has its row, and every row its action', () => {
  expect(Object.keys(ROWS).toSorted()).toEqual([...wired.keys()].toSorted())
})

const placed = Object.entries(ROWS).flatMap(([name, row]) => (typeof row === 'string' ? [] : [[name, row] as const]))

describe.each([
  ['open', 'open', null],
  ['suspended', 'suspended', 'target'],
  ['suspended by one above', 'suspended', 'northwind'],
  ['closed', 'closed', 'target'],
] as const)('an organization that is %s', (_, state: State, where) => {
  test('whoever tries whatever there is allowed, refused or told that it does not exist, as the table says', async () => {
    const { people, at, sql } = await whoMayWorld()
    if (where !== null) {
      const column = state === 'closed' ? sql`closed_at` : sql`suspended_at`
      await sql`update organizations set ${column} = now() where slug = ${where}`
    }
    const wrong: string[] = []
    for (const [name, row] of placed)
      for (const { relation, standing, atPlatform, ctx } of people) {
        const told = row.ofPlatform
          ? expected(row.what, atPlatform, { state: 'open', downwards: true })
          : expected(row.what, standing, {
              state,
              downwards: row.downwards === true || (row.resumes === true && where === 'target'),
            })
        const should =
          row.hidden && told === 'forbidden' && (!standing.adminAbove || state === 'closed') ? 'not_found' : told
        const did = await outcomeOf(name, row, ctx, row.input(at))
        if (did !== should) wrong.push(`${name} as ${relation}: ${did}, not ${should}`)
      }
    expect(wrong).toEqual([])
  }, 120_000)
})

test('a personal token is everything to its owner, and to nobody else is it there', async () => {
  const { people, own, owner } = await whoMayWorld()
  const wrong: string[] = []
  const onTokens = placed.filter(
    ([, { input, ofPlatform }]) => !ofPlatform && /tokenIds?\b/.test(JSON.stringify(input(own))),
  )
  for (const [name, row] of onTokens)
    for (const { relation, ctx } of people) {
      const should = ctx.actor.userId === owner.actor.userId ? 'ok' : 'not_found'
      const did = await outcomeOf(name, row, ctx, row.input(own))
      if (did !== should) wrong.push(`${name} as ${relation}: ${did}, not ${should}`)
    }
  expect(wrong).toEqual([])
}, 120_000)
