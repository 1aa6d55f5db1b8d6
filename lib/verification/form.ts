import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { type Problem, problem } from '#lib/problem'
import { secretString } from '#lib/tokens/secret'
import { fieldsOf, VerifyInput } from '#lib/verification/input'

// What these do not know, `token_type_hint` and a client's own credentials among it, they must ignore (RFC 6749, 3.2).
export const IntrospectInput = VerifyInput.strip()
export const RevokeInput = z.object({
  token: z.string('Give the secret to revoke.').transform(secretString).describe('The secret that is to end.'),
})
export type RevokeInput = z.output<typeof RevokeInput>

/** Reads the body of `POST /api/v1/introspect`: a token, and whatever else verification takes. */
export const readIntrospectInput = (contentType: string | undefined, body: Buffer) =>
  read(IntrospectInput, contentType, body)

/** Reads the body of `POST /api/v1/revoke`. */
export const readRevokeInput = (contentType: string | undefined, body: Buffer) => read(RevokeInput, contentType, body)

/**
 * Whatever is wrong with a form is 400 `invalid_request` (RFC 6749, 5.2, which RFC 7009 and 7662 go by), naming the
 * fields where there are any. No message quotes what was sent, since that can be a secret.
 */
function read<Schema extends z.ZodType>(
  schema: Schema,
  contentType: string | undefined,
  body: Buffer,
): { input: z.output<Schema> } | { problem: Problem } {
  const form = readForm(contentType, body)
  if (typeof form === 'string') return { problem: problem(400, 'invalid_request', form) }
  const parsed = schema.safeParse(form)
  if (parsed.success) return { input: parsed.data }
  const fields = fieldsOf(parsed.error.issues)
  return { problem: problem(400, 'invalid_request', 'The body has the wrong shape.', fields) }
}

/** The parameters of a form, each once; one without a value is left out (RFC 6749, 3.2). Else what is wrong with it. */
function readForm(contentType: string | undefined, body: Buffer): Readonly<Record<string, string>> | string {
  const typed = /^application\/x-www-form-urlencoded *(?:; *charset="?utf-8"? *)?$/i.test(contentType ?? '')
  if (!typed || !isUtf8(body)) return 'The body must be a form in UTF-8, as application/x-www-form-urlencoded.'
  const form = new Map<string, string>()
  try {
    for (const pair of body.toString('utf8').split('&')) {
      if (pair === '') continue
      const [name = '', ...value] = pair.split('=').map(decode)
      if (form.has(name)) return 'A parameter may be given once only.'
      form.set(name, value.join('='))
    }
  } catch {
    return 'The body is not encoded as a form is.'
  }
  return Object.fromEntries([...form].filter(([, value]) => value !== ''))
}

/** @throws URIError */
const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
