import type { z } from 'zod'
import { type Problem, problem } from '#lib/problem'
import { decide, type Place } from '#lib/verification/decide'
import { fieldsOf, VerifyInput } from '#lib/verification/input'
import type { Presented } from '#lib/verification/presented'
import { type Reply, refusal } from '#lib/verification/reply'
import type { Caller } from '#lib/verification/verify'

export const Question = VerifyInput.pick({ scope: true, resource: true, organization: true, endpoint: true }).strip()

/** What a gateway asks at `GET /api/v1/me` with the token of its own client, in the forms that verify takes. */
export type Question = z.output<typeof Question>

/** Why a token that is good is not good for what was asked. */
export type Denial = 'insufficient_scope' | 'resource_not_allowed' | 'organization_required' | 'not_a_member'

const NAMES = Object.keys(Question.shape)

/**
 * Reads what a request's query asks; null where it asks nothing. Each parameter may be given once, and an empty one is
 * wrong rather than absent: what a gateway leaves empty by mistake must let nothing through. What else there is, is ignored.
 */
export function readQuestion(url: string | undefined): { question: Question | null } | { problem: Problem } {
  const [, query = ''] = url?.split(/\?(.*)/s, 2) ?? []
  const given = new URLSearchParams(query)
  const named = NAMES.filter((name) => given.has(name))
  if (named.length === 0) return { question: null }
  const twice = named.filter((name) => given.getAll(name).length > 1)
  const parsed = Question.safeParse(Object.fromEntries(named.map((name) => [name, given.get(name)])))
  if (parsed.success && twice.length === 0) return { question: parsed.data }
  const fields = {
    ...fieldsOf(parsed.error?.issues ?? []),
    ...Object.fromEntries(twice.map((name) => [name, 'Give this once only.'])),
  }
  return { problem: problem(422, 'invalid', 'The query has the wrong shape.', fields) }
}

/** Whether a request asks something of its token, rightly or not. */
export function asksSomething({ url }: { readonly url?: string | undefined }): boolean {
  const asked = readQuestion(url)
  return 'problem' in asked || asked.question !== null
}

/**
 * Judges a token that is good somewhere for what is asked of it, as verify does; null if it is good for that. It does
 * not tell an organization that there is not from one that the token does not work in.
 */
export function denialOf(
  { facts, secret }: Presented,
  caller: Caller,
  question: Question,
  organization: Place | 'absent' | 'unknown',
  now: Date,
): Denial | null {
  const { scope: scopes = [], resource = null } = question
  const address = caller.address?.bytes ?? null
  const verdict = decide(facts, secret.retiresAt, { within: null, organization, scopes, resource, address }, now)
  if (verdict.active) return null
  const { reason } = verdict
  return reason === 'insufficient_scope' || reason === 'resource_not_allowed' || reason === 'organization_required'
    ? reason
    : 'not_a_member'
}

const DETAILS: Readonly<Record<Denial, string>> = {
  insufficient_scope: 'This token has not every scope that this takes.',
  resource_not_allowed: 'This token may not be used with this resource, or with all of them.',
  organization_required: 'The owner of this token is a member of several organizations: say which.',
  not_a_member: 'This token does not work in such an organization.',
}

/** That denial over HTTP: for a scope as RFC 6750, section 3.1, has it, naming what was asked. */
export const denied = (denial: Denial, { scope = [] }: Question): Reply =>
  refusal(
    problem(403, denial, DETAILS[denial]),
    denial === 'insufficient_scope'
      ? { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope.join(' ')}"` }
      : {},
  )
