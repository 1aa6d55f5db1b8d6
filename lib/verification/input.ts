import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { readAddress } from '#lib/address'
import type { FieldErrors } from '#lib/errors'
import { type Problem, problem } from '#lib/problem'
import { secretString } from '#lib/tokens/secret'

/** Whatever fits into a request's headers can be passed on; what is kept of it is cut elsewhere. */
const HEADER = 16_384

/** What `POST /api/v1/verify` asks: product.md, "HTTP". Any string can be a `token`: the verdict says `malformed`. */
export const VerifyInput = z.strictObject({
  token: z.string('Give the secret to verify.').transform(secretString).describe('The secret that was presented.'),
  scope: z
    .string('Give scopes as one string.')
    .max(4_000, 'Use at most 4000 characters.')
    .regex(
      /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/,
      'Separate scopes by single spaces (RFC 6749, 3.3).',
    )
    .transform((scope) => scope.split(' '))
    .optional()
    .describe('What it is to be used for: scopes separated by spaces, all of which it needs.'),
  resource: z
    .string('Give a string.')
    .min(1, 'Name a resource.')
    .max(200, 'Use at most 200 characters.')
    .optional()
    .describe('What it is to be used with, such as `device:<id>`; a token narrowed to devices needs it.'),
  organization: z
    .string('Give a string.')
    .min(1, 'Name a slug or an id.')
    .max(100, 'Use at most 100 characters.')
    .optional()
    .describe(
      "Slug or id of where it is to be used. Absent: the token's own; for a personal token, its owner's only one.",
    ),
  ip: z
    .string('Give a string.')
    .max(100, 'This is not an address.')
    .transform((text, context) => {
      const address = readAddress(text)
      if (address === null) context.addIssue('This is not an address.')
      return address ?? z.NEVER
    })
    .optional()
    .describe('The address that it was presented from; a token with allowed addresses needs it.'),
  userAgent: z
    .string('Give a string.')
    .max(HEADER, 'Use at most 16384 characters.')
    .optional()
    .describe('The User-Agent that it was presented with, for the record of uses.'),
  endpoint: z
    .string('Give a string.')
    .max(HEADER, 'Use at most 16384 characters.')
    .optional()
    .describe('What it was presented at, for the record of uses.'),
})
export type VerifyInput = z.output<typeof VerifyInput>

/** Reads a body: JSON in UTF-8, then its shape. No message quotes what was sent, since that can be a secret. */
export function readVerifyInput(
  contentType: string | undefined,
  body: Buffer,
): { input: VerifyInput } | { problem: Problem } {
  const json = readJson(contentType, body)
  if (json === undefined)
    return { problem: problem(400, 'not_json', 'The body must be JSON in UTF-8, as application/json.') }
  const plain = readPlain(json.value)
  if (plain !== null) return { input: plain }
  const parsed = VerifyInput.safeParse(json.value)
  if (parsed.success) return { input: parsed.data }
  return { problem: problem(422, 'invalid', 'The body has the wrong shape.', fieldsOf(parsed.error.issues)) }
}

// A token and nothing else is what nearly everybody sends, and at this rate a schema is felt.
function readPlain(value: unknown): VerifyInput | null {
  if (typeof value !== 'object' || value === null || !('token' in value) || typeof value.token !== 'string') return null
  for (const key in value) if (key !== 'token') return null
  return { token: secretString(value.token) }
}

/** A body that is JSON in UTF-8 and says so; undefined where it is none. */
export function readJson(contentType: string | undefined, body: Buffer): { readonly value: unknown } | undefined {
  if (
    contentType !== 'application/json' &&
    !/^application\/json *(?:; *charset="?utf-8"? *)?$/i.test(contentType ?? '')
  )
    return undefined
  if (!isUtf8(body)) return undefined
  try {
    return { value: JSON.parse(body.toString('utf8')) }
  } catch {
    return undefined
  }
}

/** What is wrong with a body, by field; no message quotes it. */
export function fieldsOf(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const named = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, 20).map((key) => [key.slice(0, 100), 'There is no such field.'])
      : [[String(issue.path[0] ?? 'body'), issue.path.length === 0 ? 'Give a JSON object.' : issue.message]],
  )
  return Object.fromEntries(named)
}
