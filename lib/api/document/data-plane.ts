import { z } from 'zod'
import { type Entry, USUAL } from '#lib/api/document/entry'
import { OURS } from '#lib/api/document/refusals'
import { OUTCOMES } from '#lib/usage/choices'
import { ActiveAnswer, MeAnswer } from '#lib/verification/answer'
import { IntrospectInput, RevokeInput } from '#lib/verification/form'
import { VerifyInput } from '#lib/verification/input'
import type { Introspection } from '#lib/verification/introspect'
import { Question } from '#lib/verification/question'
import type { Answer } from '#lib/verification/verify'

const Inactive = z.strictObject({
  active: z.literal(false),
  reason: z
    .enum(['malformed', 'not_found', ...OUTCOMES])
    .exclude(['active'])
    .describe('The first that applies, in the order in which they are judged.'),
})
const VerifyAnswer = z.union([
  ActiveAnswer.meta({ id: 'ActiveToken' }),
  Inactive.meta({ id: 'InactiveToken' }),
]) satisfies z.ZodType<Answer>

const { tokenId, subject, scope, expiresAt: _, issuedAt: __, ...ours } = ActiveAnswer.shape
const IntrospectAnswer = z.union([
  z
    .strictObject({
      ...ours,
      token_type: z.literal('Bearer'),
      jti: tokenId.describe('The id of the token.'),
      sub: subject,
      scope: scope.exactOptional().describe('Its scopes, separated by spaces; absent: none.'),
      exp: z.int().exactOptional().describe('When the secret ends, in seconds since 1970; absent: never.'),
      iat: z.int().describe('When the secret was minted, in seconds since 1970.'),
    })
    .meta({ id: 'Introspection' }),
  z.strictObject({ active: z.literal(false) }).meta({ id: 'NoIntrospection' }),
]) satisfies z.ZodType<Introspection>

const FORM = 'application/x-www-form-urlencoded'
const SYSTEM = [OURS.tooOften, OURS.unexpected, OURS.unavailable]
const VERIFIES = [OURS.invalidToken, OURS.insufficientScope, OURS.tooLarge, ...SYSTEM]
const shared = { ...USUAL, tag: 'Verification' }

/** What the verifier answers, by the very schemas that it reads and tells by. */
export const DATA_PLANE: readonly Entry[] = [
  {
    ...shared,
    name: 'verifyToken',
    method: 'POST',
    path: '/api/v1/verify',
    summary: 'Tells whether a secret is good for what it is being used for.',
    description:
      'A token that is no good is an answer, not an error: 200 with `active: false` and the first reason that applies. The caller learns of tokens at or below its own organization, and of no others.',
    access: { scope: 'tokens:verify' },
    body: { schema: VerifyInput, mediaType: 'application/json' },
    answers: { 200: VerifyAnswer },
    refusals: [OURS.notJson, ...VERIFIES, OURS.invalid],
  },
  {
    ...shared,
    name: 'introspectToken',
    method: 'POST',
    path: '/api/v1/introspect',
    summary: 'Tells the same in the words of RFC 7662, for gateways that speak it.',
    description: 'An inactive token is told nothing of, not even why. Parameters that are not known are ignored.',
    access: { scope: 'tokens:verify' },
    body: { schema: IntrospectInput, mediaType: FORM },
    answers: { 200: IntrospectAnswer },
    refusals: [OURS.invalidRequest, ...VERIFIES],
  },
  {
    ...shared,
    name: 'revokeByHolder',
    method: 'POST',
    path: '/api/v1/revoke',
    summary: 'Ends a token by its own secret (RFC 7009); a retiring secret ends that one alone.',
    description:
      'Takes no credential beside the secret. A secret that is not known is answered alike, so nothing is learned here.',
    access: 'none',
    body: { schema: RevokeInput, mediaType: FORM },
    answers: { 200: null },
    refusals: [OURS.invalidRequest, OURS.tooLarge, ...SYSTEM],
  },
  {
    ...shared,
    name: 'describeMe',
    method: 'GET',
    path: '/api/v1/me',
    summary: 'Tells what the presented token is and may do.',
    description:
      'With a query it is a question, as gateways ask it: 200 if the token is good for all of that, else 403 with the reason as `code`. Gateways that ask with the method of the request they ask about may use any method then.',
    access: { scope: null },
    query: Question,
    answers: { 200: MeAnswer },
    refusals: [
      ...[OURS.invalidToken, OURS.insufficientScope, OURS.resourceNotAllowed, OURS.organizationDenied],
      ...[OURS.notAMember, OURS.tooLarge, OURS.invalid, ...SYSTEM],
    ],
  },
]
