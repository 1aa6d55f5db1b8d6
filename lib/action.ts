import { randomUUID } from 'node:crypto'
import { refresh } from 'next/cache'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { findActor, type SignedIn } from '#lib/actor'
import { DomainError, type FieldErrors } from '#lib/errors'
import type { Action, ActionResult } from '#lib/result'

/**
 * Makes a server action of a verb: actor or refusal, then the input's form, then the verb, whose refusals become typed
 * answers. What the verb changed is on the page with the same answer. Anything unexpected is logged under an id and
 * told by that id alone. It does not authorize: the verb does.
 */
export function formAction<Schema extends z.ZodType, Output>(
  schema: Schema,
  verb: (ctx: SignedIn, input: z.output<Schema>) => Promise<Output>,
): Action<z.input<Schema>, Output> {
  return (input) =>
    answer(async () => {
      const ctx = await findActor()
      if (ctx === null)
        throw new DomainError('unauthenticated', 'You are signed out. Sign in again; what you typed stays here.')
      const output = await verb(ctx, parse(schema, input))
      refresh()
      return output
    })
}

/** The same for the few actions that people without a session must reach: sign-in and set-up. */
export function publicFormAction<Schema extends z.ZodType, Output>(
  schema: Schema,
  verb: (input: z.output<Schema>) => Promise<Output>,
): Action<z.input<Schema>, Output> {
  return (input) => answer(() => verb(parse(schema, input)))
}

async function answer<Output>(run: () => Promise<Output>): Promise<ActionResult<Output>> {
  try {
    return { ok: true, data: await run() }
  } catch (error) {
    unstable_rethrow(error)
    if (error instanceof DomainError)
      return { ok: false, code: error.code, message: error.message, fields: error.fields }
    const id = randomUUID().slice(0, 8)
    // The error's own text stays out of the log too: it can quote values, and values can be secrets.
    console.error(`action failed unexpectedly, id ${id}`, describeUnexpected(error))
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
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? '')] ??= issue.message
  throw new DomainError('invalid', 'Some fields need another look.', fields satisfies FieldErrors)
}

function describeUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const cause = error.cause instanceof Error ? ` caused by ${error.cause.name} ${codeOf(error.cause)}` : ''
  return `${error.name} ${codeOf(error)}${cause}\n${
    error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n') ?? ''
  }`
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : '')
