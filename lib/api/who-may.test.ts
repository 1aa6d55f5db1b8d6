import { describe, expect, onTestFinished, test } from 'vitest'
import { OPERATIONS } from '#lib/api/operations'
import { openApi } from '#lib/api/testing/api'
import type { Context } from '#lib/context'
import { openRenderer } from '#lib/reports/renderer'
import { shareRenderer } from '#lib/reports/shared-renderer'
import { scopesOfRole } from '#lib/scopes/effective'
import { type TokenCaller, tokenCallers } from '#lib/testing/who-may/callers'
import { OPERATION_ROWS } from '#lib/testing/who-may/operations'
import { expected, type State } from '#lib/testing/who-may/table'
import { whoMayWorld } from '#lib/testing/who-may/world'
import { newRevealKey } from '#lib/testing/world'

// Tries every operation of the HTTP API on an organization, with a token of every kind in every relation to it.

const ABOVE = ['northwind', 'platform']
const BELOW: Readonly<Record<string, readonly string[]>> = {
  target: ['target', 'below'],
  northwind: ['northwind', 'target', 'below', 'sibling'],
}

/** What must come of it, by "Who may do what" and by where the token still works. */
function wanted(
  { what, downwards = false }: { readonly what: Parameters<typeof expected>[0]; readonly downwards?: boolean },
  scope: string,
  caller: TokenCaller,
  { state, where }: { readonly state: State; readonly where: string | null },
): string {
  const stopped = where === null ? [] : (BELOW[where] ?? [])
  const places = caller.places.filter(({ slug }) => !stopped.includes(slug))
  if (places.length === 0) return 'invalid_token'
  if (!places.some(({ role }) => scopesOfRole(role).includes(scope))) return 'insufficient_scope'
  const standing = {
    role: places.find(({ slug }) => slug === 'target')?.role ?? null,
    adminAbove: places.some(({ slug, adminBelow }) => adminBelow && ABOVE.includes(slug)),
  }
  return expected(what, standing, { state, downwards })
}

class Undo extends Error {}

/** What comes of it, in a transaction that is undone. */
async function undone(db: Context['db'], run: (db: Context['db']) => Promise<string>): Promise<string> {
  let outcome = 'nothing'
  await db
    .transaction(async (tx) => {
      outcome = await run(tx)
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return outcome
}

test('every operation has its row, and every row its operation', () => {
  expect(Object.keys(OPERATION_ROWS).toSorted()).toEqual(OPERATIONS.map(({ name }) => name).toSorted())
})

describe.each([
  ['open', 'open', null],
  ['suspended', 'suspended', 'target'],
  ['suspended by one above', 'suspended', 'northwind'],
  ['closed', 'closed', 'target'],
] as const)('an organization that is %s', (_, state, where) => {
  test('whatever a token tries over HTTP is done, refused or not there, as the table says', async () => {
    const world = await whoMayWorld()
    const { sql, db, at } = world
    const callers = await tokenCallers(world)
    const { call } = openApi(world)
    const renderer = openRenderer(world.url)
    onTestFinished(() => renderer.close())
    shareRenderer(renderer)
    if (where !== null) {
      const column = state === 'closed' ? sql`closed_at` : sql`suspended_at`
      await sql`update organizations set ${column} = now() where slug = ${where}`
    }
    const wrong: string[] = []
    for (const { name, method, path, scope } of OPERATIONS) {
      const row = OPERATION_ROWS[name]
      if (row === undefined) throw new Error(`${name} has no row`)
      const url = path.replace('{tokenId}', row.tokenId?.(at) ?? '') + (row.query?.(at) ?? '')
      const body = row.body?.(at)
      for (const caller of callers) {
        const did = await undone(db, async (tx) => {
          const { json } = await call(caller.secret, method, url, { db: tx, key: newRevealKey(), body })
          const outcome = json?.code ?? 'ok'
          return outcome === row.ends ? 'ok' : outcome
        })
        const should = wanted(row, scope ?? '', caller, { state, where })
        if (did !== should) wrong.push(`${name} with ${caller.relation}: ${did}, not ${should}`)
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)
})
