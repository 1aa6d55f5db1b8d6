import type { Act } from '#lib/tokens/testing/acts'
import type { Model } from '#lib/tokens/testing/model'
import { step } from '#lib/tokens/testing/model-step'
import type { Done } from '#lib/tokens/testing/stage'

/** Something that was done, with what came of it. */
export type Deed = { readonly act: Act; readonly done: Done }

/** How it may have gone: the model afterwards, which secret is which (by label and minting), and what the trail says of each token. */
export type Order = {
  readonly model: Model
  readonly secrets: ReadonlyMap<string, string>
  readonly trail: Readonly<Record<string, readonly string[]>>
}

/**
 * An order of the deeds, each program's in its own, in which the model does to each what really came of it and which
 * `fits` at the end; null where there is none. `secrets` are those known before.
 */
export function linearize(
  model: Model,
  programs: readonly (readonly Deed[])[],
  secrets: ReadonlyMap<string, string>,
  fits: (order: Order) => boolean,
): Order | null {
  const dead = new Set<string>()

  function from(at: readonly number[], order: Order): Order | null {
    if (programs.every((program, index) => at[index] === program.length)) return fits(order) ? order : null
    const here = JSON.stringify([at, order.model.tokens, order.trail])
    if (dead.has(here)) return null
    for (const [index, program] of programs.entries()) {
      const deed = program[at[index] ?? 0]
      const after = deed && follow(order, deed)
      const found = after && from(at.with(index, (at[index] ?? 0) + 1), after)
      if (found) return found
    }
    dead.add(here)
    return null
  }

  return from(
    programs.map(() => 0),
    { model, secrets, trail: {} },
  )
}

/** The order with one more deed; null where the model says that something else would have come of it. */
function follow({ model: before, secrets, trail }: Order, { act, done }: Deed): Order | null {
  const { model, outcome } = step(before, act)
  if (outcome.code !== done.code || (outcome.secret === undefined) !== (done.secret === undefined)) return null
  const token = act.verb === 'create' ? act.label : act.token
  const told = outcome.events.map((event) => `${act.who} ${event}`)
  const order = { model, trail: { ...trail, [token]: [...(trail[token] ?? []), ...told] } }
  if (done.secret === undefined) return { ...order, secrets }
  const name = `${token} ${outcome.secret}`
  const known = secrets.get(name)
  // A secret that was there stays what it was; a new one is not any that was there.
  const agrees = known === undefined ? ![...secrets.values()].includes(done.secret) : known === done.secret
  return agrees ? { ...order, secrets: new Map(secrets).set(name, done.secret) } : null
}
