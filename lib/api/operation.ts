import { z } from 'zod'
import type { AnyContext } from '#lib/context'
import { DomainError, type ErrorCode } from '#lib/errors'
import type { SecretString } from '#lib/tokens/secret'
import { fieldsOf } from '#lib/verification/input'

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

/** An answer as JSON, `body` null for an empty one; a stream, or what is not JSON, is a Response of its own. */
export type Answer = {
  readonly status: number
  readonly body: unknown
  /** What the body tells as `secret`, and nothing keeps. */
  readonly secret?: SecretString
  /** The caller may keep it, and ask whether it still holds (RFC 9110, section 13); else nobody may keep it. */
  readonly keep?: true
}

/** What an operation is in data: the published document is made of these, so nothing is taken or answered beyond them. */
type Described = {
  /** Unique, as the document's `operationId`. */
  readonly name: string
  readonly method: Method
  /** A template: `/api/v1/tokens/{tokenId}`. */
  readonly path: string
  /** The scope that the calling token needs; null: any token will do. */
  readonly scope: string | null
  /** A sentence for people. */
  readonly summary: string
  /** Bodies by status; null: an empty one. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>
  /** Of what is answered, where it is not JSON. */
  readonly mediaType?: string
  /** Codes of problem documents beside those that every operation has. */
  readonly problems: readonly ErrorCode[]
  /**
   * It takes an `Idempotency-Key`: `possible`; `reveals` where a secret is answered, which is derived from it;
   * `mayReveal` where one is to those who may have it and ask for it.
   */
  readonly idempotent?: 'possible' | 'mayReveal' | 'reveals'
  /** The secret that was answered with that body under that key, if it can be told again; else null. */
  readonly reopen?: (ctx: AnyContext, body: unknown, key: string) => Promise<SecretString | null>
}

/** How it is asked for, whatever was sent. */
type Asking = {
  /** Aborts when the client has gone away. */
  readonly signal: AbortSignal
  /** Only the headers of the answer are wanted (HEAD): what streams a body makes none. */
  readonly headOnly: boolean
}

/** What was sent, unread: `body` undefined where there is none. */
export type Sent = {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  /** The `Idempotency-Key`; null: none was sent. */
  readonly key: string | null
} & Asking

/** An operation of the HTTP API, whatever its input. */
export type Operation = Described & {
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  /** null: it takes no body. */
  readonly body: z.ZodType | null
  /** Reads what was sent, and gives what is to be run. @throws DomainError `invalid` with what is wrong by field */
  readonly read: (sent: Sent) => (ctx: AnyContext) => Promise<Answer | Response>
}

/** The schema of params or a query with nothing in them. */
export const NOTHING = z.strictObject({})

/** Defines an operation; what its `run` is given has the form that its schemas say. Authorization is in the verbs. */
export function operation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  definition: Described & {
    readonly params: Params
    readonly query: Query
    readonly body: Body | null
    readonly run: (
      ctx: AnyContext,
      input: z.output<Params> &
        z.output<Query> & { readonly body: z.output<Body>; readonly key: string | null } & Asking,
    ) => Promise<Answer | Response>
  },
): Operation {
  const { run, ...described } = definition
  return {
    ...described,
    read({ params, query, body, key, signal, headOnly }) {
      const path = parsed(definition.params, params)
      const asked = parsed(definition.query, onceEach(query))
      const sent = parsed(definition.body, body ?? {})
      return (ctx) => run(ctx, { ...path, ...asked, body: sent, key, signal, headOnly })
    },
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema | null, value: unknown): z.output<Schema>
function parsed(schema: z.ZodType | null, value: unknown): unknown {
  const result = schema?.safeParse(value)
  if (result === undefined) return undefined
  if (result.success) return result.data
  throw invalid(fieldsOf(result.error.issues))
}

function onceEach(query: URLSearchParams): Record<string, string> {
  const twice = [...new Set(query.keys())].filter((name) => query.getAll(name).length > 1)
  if (twice.length > 0)
    throw invalid(Object.fromEntries(twice.map((name) => [name.slice(0, 100), 'Give this once only.'])))
  return Object.fromEntries(query)
}

/** The refusal of input of the wrong form, by field. */
export const invalid = (fields: Readonly<Record<string, string>>) =>
  new DomainError('invalid', 'What was sent has the wrong shape.', fields)
