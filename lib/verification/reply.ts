import type { IncomingMessage } from 'node:http'
import { DatabaseUnavailable } from '#db/verification-client'
import { type Problem, problem } from '#lib/problem'
import { TooManyLookUps } from '#lib/verification/admission'
import { callerOf } from '#lib/verification/caller'
import type { Answered } from '#lib/verification/observe'

type Headers = Readonly<Record<string, string>>

/** An answer over HTTP; `body` null: an empty one; a string: JSON already. */
export type Reply = Answered & {
  readonly body: object | string | null
  readonly headers?: Headers
  /** Whether it may be told at this instant; absent: whenever. */
  readonly holds?: () => boolean
  /** What is to be noted once it has been told. */
  readonly record?: () => void
}

/** A refusal as a problem document. */
export const refusal = (body: Problem, headers: Headers = {}): Reply => ({ status: body.status, body, headers })

/** The challenge is the same with a wrong credential and without one, so that every client takes the one path. */
export const unauthenticated = (request: IncomingMessage) =>
  refusal(
    problem(
      401,
      'invalid_token',
      callerOf(request) === null ? 'Send a token as Authorization: Bearer.' : 'This token is no good here.',
    ),
    { 'www-authenticate': 'Bearer error="invalid_token"' },
  )

/** The caller is known and may not verify. */
export const forbidden = () =>
  refusal(
    problem(403, 'insufficient_scope', 'This token may not verify: that takes tokens:verify, not narrowed to devices.'),
    {
      'www-authenticate': 'Bearer error="insufficient_scope", scope="tokens:verify"',
    },
  )

/** What is said of a failure; nothing of it is quoted. */
export function replyToError(fault: unknown): Reply {
  if (fault instanceof TooManyLookUps) return tooMany(fault)
  if (!(fault instanceof DatabaseUnavailable))
    return { ...refusal(problem(500, 'unexpected', 'Something went wrong here.')), fault }
  const nothingKnown = problem(503, 'unavailable', 'The database cannot be reached. Nothing is known of the token.')
  return { ...refusal(nothingKnown, { 'retry-after': '1' }), fault }
}

function tooMany({ from }: TooManyLookUps): Reply {
  const said =
    from === 'address'
      ? problem(
          429,
          'too_often',
          'Too much was looked for from this address that only the database could tell. Try again soon.',
        )
      : problem(503, 'unavailable', 'Too much is being looked for that only the database can tell. Try again soon.')
  return refusal(said, { 'retry-after': '1' })
}
