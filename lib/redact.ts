const HIDDEN = '[hidden]'

/** Names of what may be secret, wherever in an object they stand. */
const SECRET_NAME =
  /pass(?:word|phrase|wd)|secret|cookie|authorization|credential|salt|digest|(?:key|link|token)$|^(?:nonce|body|input|parameters|args|query|url|headers)$/i

const DEEPEST = 6

/**
 * A copy of what is to be logged without what may be secret: values whose name says so, what lies too deep to look at,
 * and all that an error tells of itself but its name, code and where it broke, since a message can quote what was sent.
 */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return faultOf(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth === DEEPEST || value instanceof Uint8Array) return HIDDEN
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, depth + 1))
  if (value instanceof Map || value instanceof Set || value instanceof Headers) return HIDDEN
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      SECRET_NAME.test(name) ? HIDDEN : withoutSecrets(each, depth + 1),
    ]),
  )
}

type Fault = { readonly name: string; readonly code?: string; readonly at: readonly string[]; readonly cause?: Fault }

const FRAMES = 12

/** What of an error may be written down: its name, its code, the places in our code, and the same of its cause. */
function faultOf(error: Error, depth = 0): Fault {
  // The stack begins with the message, which can have lines that look like places.
  const { message, stack = '' } = error
  const places = message === '' ? stack : stack.slice(stack.indexOf(message) + message.length)
  const at = places.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    at: at.slice(0, FRAMES).map((line) => line.trim().slice(3)),
    ...(error.cause instanceof Error && depth < DEEPEST ? { cause: faultOf(error.cause, depth + 1) } : {}),
  }
}

const SECRETS: readonly (readonly [RegExp, string])[] = [
  // A token, or so much of one that the rest could be searched for: what stands before its secret says which one it was.
  [/([0-9A-Za-z]{16}_)[0-9A-Za-z]{20,}/g, `$1${HIDDEN}`],
  // Whatever is sent as a credential, and the cookies of a session.
  [/\b(Bearer|Basic) +[^\s"\\,]+/gi, `$1 ${HIDDEN}`],
  [/((?:__Secure-|__Host-)?authjs\.[\w.-]+)(=|%3D)[^\s;"\\]+/gi, `$1$2${HIDDEN}`],
  // 128 random bits: a reveal's key, the fragment of a one-time link. One without any capital or digit is a word.
  [/(?<![\w./-])(?=[a-z_-]*[A-Z0-9])[A-Za-z0-9_-]{22}(?![\w-])/g, HIDDEN],
]

/** A line of the log without anything in it that has the form of a secret, whoever put it there. */
export const scrub = (line: string) => SECRETS.reduce((text, [form, instead]) => text.replace(form, instead), line)
