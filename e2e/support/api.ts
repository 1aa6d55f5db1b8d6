import { z } from 'zod'
import { ofThisRun } from './run'

/** What a service calls itself in these tests. */
export const USER_AGENT = 'elm-importer/1.0'

/** `GET /api/v1/me` with a secret, as a service asks it: the status alone. */
export async function statusOfMe(secret: string, base = ofThisRun('E2E_BASE_URL')): Promise<number> {
  const response = await fetch(`${base}/api/v1/me`, {
    headers: { authorization: `Bearer ${secret}`, 'user-agent': USER_AGENT },
  })
  await response.arrayBuffer()
  return response.status
}

/** `POST /api/v1/verify`: what a verifier is told of a token. */
export async function verify(verifier: string, token: string, base = ofThisRun('E2E_BASE_URL')): Promise<object> {
  const response = await fetch(`${base}/api/v1/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${verifier}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  const answer: unknown = await response.json()
  if (!response.ok || typeof answer !== 'object' || answer === null)
    throw new Error(`verify answered ${response.status}`)
  return answer
}

/** What `POST /api/v1/verify` says to a question: `active`, or the reason why not. */
export async function verdict(
  verifier: string,
  question: {
    readonly token: string
    readonly organization?: string
    readonly resource?: string
    readonly scope?: string
  },
): Promise<string> {
  const response = await fetch(`${ofThisRun('E2E_BASE_URL')}/api/v1/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${verifier}`, 'content-type': 'application/json' },
    body: JSON.stringify(question),
  })
  const answer = Verdict.parse(await response.json())
  return answer.active ? 'active' : answer.reason
}

const Verdict = z.discriminatedUnion('active', [
  z.object({ active: z.literal(true) }),
  z.object({ active: z.literal(false), reason: z.string() }),
])
