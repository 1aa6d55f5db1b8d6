import { expect } from 'vitest'
import { DomainError } from '#lib/errors'
import type { testWorld } from '#lib/testing/world'
import { letGoAtOnce } from '#lib/tokens/testing/gate'

type World = Pick<Awaited<ReturnType<typeof testWorld>>, 'sql'>
type Acts = readonly (readonly [label: string, act: () => Promise<unknown>])[]

/** Somewhere of its own, where acts are done; `look` tells how it is left, in words that are the same in every other. */
export type Scene = { readonly acts: Acts; readonly look: () => Promise<unknown> }

const GATES = ['audit_events', 'tokens', null] as const

/**
 * Does the same acts at once, over and over, each time in a new scene, and expects of each time what doing them one
 * after another gives in some order: what came of each act, and how the scene was left.
 */
export async function expectOneOrder(world: World, rounds: number, open: () => Promise<Scene>): Promise<void> {
  const possible = new Set<string>()
  for (const order of orders((await open()).acts.length)) {
    const { acts, look } = await open()
    const done: string[] = []
    for (const at of order) done.push(await outcomeOf(acts[at]))
    possible.add(told(done, await look()))
  }
  for (let round = 0; round < rounds; round++) {
    const { acts, look } = await open()
    // Whoever comes first is mostly first.
    const turned = [...acts.slice(round % acts.length), ...acts.slice(0, round % acts.length)]
    const done = await letGoAtOnce(world, GATES[round % GATES.length] ?? null, () => turned.map(outcomeOf))
    expect([...possible]).toContain(told(done, await look()))
  }
}

async function outcomeOf(one: Acts[number] | undefined): Promise<string> {
  if (one === undefined) throw new Error('there is no such act')
  const [label, act] = one
  try {
    await act()
    return `${label}: done`
  } catch (error) {
    if (error instanceof DomainError) return `${label}: ${error.code}`
    throw error
  }
}

const told = (done: readonly string[], left: unknown) => JSON.stringify([done.toSorted(), left])

function orders(count: number): number[][] {
  if (count === 0) return [[]]
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]),
  )
}
