import { randomUUID } from 'node:crypto'
import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { findActor, type SignedIn } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { fieldErrorsOf } from '#lib/field-errors'
import { log } from '#lib/log'
import { REQUEST_ID } from '#lib/request-headers'
import type { Action, ActionResult } from '#lib/result'

/**
 * Makes a server action of a verb: actor or refusal, then the input's form, then the verb, whose refusals become typed
 * answers. What the verb changed is on the page with the same answer. How it ended is logged under the action's name.
 * Anything unexpected is logged under an id and told by that id alone. It does not authorize: the verb does.
 */
export function formAction<Schema extends z.ZodType, Output>(
  name: string,
  schema: Schema,
  verb: (ctx: SignedIn, input: z.output<Schema>) => Promise<Output>,
): Action<z.input<Schema>, Output> {
  return (input) =>
    answer(name, async (by) => {
      const ctx = await findActor()
      if (ctx === null)
        throw new DomainError('unauthenticated', 'You are signed out. Sign in again; what you typed stays here.')
      by(ctx.actor.userId)
      const output = await verb(ctx, parse(schema, input))
      refresh()
      return output
    })
}

/** The same for the few actions that people without a session must reach: sign-in and set-up. */
export function publicFormAction<Schema extends z.ZodType, Output>(
  name: string,
  schema: Schema,
  verb: (input: z.output<Schema>) => Promise<Output>,
): Action<z.input<Schema>, Output> {
  return (input) => answer(name, () => verb(parse(schema, input)))
}

async function answer<Output>(
  action: string,
  run: (by: (userId: string) => void) => Promise<Output>,
): Promise<ActionResult<Output>> {
  const requestId = (await headers()).get(REQUEST_ID)
  let userId: string | null = null
  const tell = (outcome: string) => log().info({ requestId, userId, action, outcome }, 'action')
  try {
    const data = await run((actor) => {
      userId = actor
    })
    tell('ok')
    return { ok: true, data }
  } catch (error) {
    unstable_rethrow(error)
    if (error instanceof DomainError) {
      tell(error.code)
      return { ok: false, code: error.code, message: error.message, fields: error.fields }
    }
    const id = randomUUID().slice(0, 8)
    log().error({ requestId, userId, action, outcome: id, error }, 'action failed unexpectedly')
    return {
      ok: false,
      code: 'unexpected',
      message: `Something failed on our side. It is logged as ${id}.`,
      fields: {},
    }
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new DomainError('invalid', 'Some fields need another look.', fieldErrorsOf(parsed.error))
}
