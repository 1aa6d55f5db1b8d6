import { expect, test } from 'vitest'
import { authenticate } from '#lib/api/authenticate'
import type { Operation, Sent } from '#lib/api/operation'
import { OPERATIONS } from '#lib/api/operations'
import { openApi } from '#lib/api/testing/api'
import type { AnyContext, Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { scopesOfRole } from '#lib/scopes/effective'
import { share } from '#lib/server/shared'
import { type TokenCaller, tokenCallers } from '#lib/testing/who-may/callers'
import { OPERATION_ROWS, type OperationRow } from '#lib/testing/who-may/operations'
import { expected, type State } from '#lib/testing/who-may/table'
import { type Things, whoMayWorld } from '#lib/testing/who-may/world'
import { newRevealKey } from '#lib/testing/world'

// Tries every operation of the HTTP API on an organization, with a token of every kind in every relation to it.

const ABOVE = ['northwind', 'platform']
const BELOW: Readonly<Record<string, readonly string[]>> = {
  target: ['target', 'below'],
  northwind: ['northwind', 'target', 'below', 'sibling'],
}

type Situation = { readonly state: State; readonly where: string | null }

const SITUATIONS: readonly Situation[] = [
  { state: 'open', where: null },
  { state: 'suspended', where: 'target' },
  { state: 'suspended', where: 'northwind' },
  { state: 'closed', where: 'target' },
]

/** What must come of it, by "Who may do what" and by where the token still works. */
function wanted(row: OperationRow, scope: string, caller: TokenCaller, { state, where }: Situation): string {
  const stopped = where === null ? [] : (BELOW[where] ?? [])
  const places = caller.places.filter(({ slug }) => !stopped.includes(slug))
  if (places.length === 0) return 'unauthenticated'
  if (!places.some(({ role }) => scopesOfRole(role).includes(scope))) return 'insufficient_scope'
  const standing = {
    role: places.find(({ slug }) => slug === 'target')?.role ?? null,
    adminAbove: places.some(({ slug, adminBelow }) => adminBelow && ABOVE.includes(slug)),
  }
  const downwards = row.downwards ?? (row.resumes === true && where === 'target')
  const outcome = expected(row.what, standing, { state, downwards })
  if (outcome === 'forbidden' && row.hidden) return 'not_found'
  return outcome !== 'not_found' && row.inPerson && !caller.personal ? 'forbidden' : outcome
}

class Undo extends Error {}

/** Runs in a transaction, or within one, that is undone. */
async function undone<Outcome>(db: Context['db'], run: (db: Context['db']) => Promise<Outcome>): Promise<Outcome> {
  const done: Outcome[] = []
  await db
    .transaction(async (tx) => {
      done.push(await run(tx))
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  const [outcome] = done
  if (outcome === undefined) throw new Error('nothing came of it')
  return outcome
}

/** What comes of an operation for whoever acts; its answer must have the form that it announces. */
async function outcomeOf(operation: Operation, ctx: AnyContext, sent: Sent): Promise<string> {
  try {
    const answer = await operation.read(sent)(ctx)
    if (answer instanceof Response) await answer.body?.cancel()
    else operation.answers[answer.status]?.parse(answer.body)
    return 'ok'
  } catch (error) {
    // Nothing is rendered here: a report that waits for its place was not refused.
    if (error instanceof DomainError) return error.code === 'busy' ? 'ok' : error.code
    throw error
  }
}

const sentBy = (row: OperationRow, at: Things): Sent => ({
  params: row.params?.(at) ?? {},
  query: new URLSearchParams(row.inQuery ? { organization: at.target } : {}),
  body: row.body?.(at),
  key: newRevealKey(),
  signal: new AbortController().signal,
  headOnly: false,
})

test('every operation has its row, and every row its operation', () => {
  expect(Object.keys(OPERATION_ROWS).toSorted()).toEqual(OPERATIONS.map(({ name }) => name).toSorted())
})

test('whatever a token tries is done, refused or not there, as the table says, where it is open, suspended and closed', async () => {
  const world = await whoMayWorld()
  const { sql, db, at } = world
  const callers = await tokenCallers(world)
  share('renderer', { openFor: async () => 'busy' })
  const { api } = openApi(world)
  const scopes = [...new Set(OPERATIONS.map(({ scope }) => scope ?? ''))]
  const wrong: string[] = []
  for (const situation of SITUATIONS) {
    const { state, where } = situation
    await sql`update organizations set suspended_at = null, closed_at = null`
    const column = state === 'closed' ? sql`closed_at` : sql`suspended_at`
    if (where !== null) await sql`update organizations set ${column} = now() where slug = ${where}`
    for (const caller of callers) {
      const headers = new Headers({ authorization: `Bearer ${caller.secret.reveal()}`, 'x-forwarded-for': '192.0.2.7' })
      // Who acts depends on the scope alone, and is asked once for all operations that take it.
      const asked = scopes.map(
        async (scope) => [scope, await authenticate(api, headers, { path: '/', scope })] as const,
      )
      const actors = new Map(await Promise.all(asked))
      await undone(db, async (tx) => {
        for (const operation of OPERATIONS) {
          const row = OPERATION_ROWS[operation.name]
          const actor = actors.get(operation.scope ?? '')
          if (row === undefined || actor === undefined) throw new Error(`${operation.name} has no row`)
          const did =
            typeof actor === 'string'
              ? actor
              : await undone(tx, (one) => outcomeOf(operation, { ...api, db: one, actor }, sentBy(row, at)))
          const should = wanted(row, operation.scope ?? '', caller, situation)
          if (did !== should)
            wrong.push(`${operation.name} with ${caller.relation}, ${state} at ${where}: ${did}, not ${should}`)
        }
        return true
      })
    }
  }
  expect(wrong).toEqual([])
}, 120_000)
