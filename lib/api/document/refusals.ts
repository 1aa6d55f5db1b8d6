import type { Refusal } from '#lib/api/document/entry'
import { DomainError, type ErrorCode } from '#lib/errors'

/** Refusals that no verb makes: of the server, the credential and the form of what was sent. */
export const OURS = {
  badHost: [400, 'bad_host'],
  badPath: [400, 'bad_path'],
  notJson: [400, 'not_json'],
  invalidRequest: [400, 'invalid_request'],
  invalidToken: [401, 'invalid_token'],
  insufficientScope: [403, 'insufficient_scope'],
  resourceNotAllowed: [403, 'resource_not_allowed'],
  /** Where a token is judged it is denied; where it acts, its request is incomplete (422). */
  organizationDenied: [403, 'organization_required'],
  notAMember: [403, 'not_a_member'],
  nothingHere: [404, 'not_found'],
  keyInProgress: [409, 'idempotency_in_progress'],
  lengthRequired: [411, 'length_required'],
  tooLarge: [413, 'too_large'],
  invalid: [422, 'invalid'],
  keyReused: [422, 'idempotency_key_reused'],
  tooOften: [429, 'too_often'],
  unexpected: [500, 'unexpected'],
  unavailable: [503, 'unavailable'],
} as const satisfies Record<string, Refusal>

/** The refusal that a verb makes by that code. */
export const refusalOf = (code: ErrorCode): Refusal => [new DomainError(code, '').status, code]

/** When each code comes, for people; also what its example says. */
export const WHEN: Readonly<Record<string, string>> = {
  bad_host: 'The Host header is not the name of a server.',
  bad_path: 'The address is not written correctly.',
  not_json: 'The body is not JSON in UTF-8, or is not sent as application/json.',
  invalid_request: 'The form cannot be read, or a field of it has the wrong shape.',
  invalid_token: 'No token was sent, or it is no good here. The two are not told apart by the code.',
  insufficient_scope: 'The token does not carry the scope that this takes.',
  resource_not_allowed: 'The token may not be used with that resource, or only with one that is named.',
  not_a_member: 'The token does not work in that organization.',
  forbidden: 'Whoever the token acts for may see this, and not do it.',
  confirmation_required: 'Only a person who proved who they are within the last 10 minutes may do this.',
  tier_required: "The organization's tier does not have this.",
  not_found: 'It does not exist, or the token cannot see it. The two are not told apart.',
  organization_required: 'The owner of a personal token is a member of several organizations: say which.',
  name_taken: 'Something of this name, address or id is there already.',
  last_admin: 'The organization would be left without an admin.',
  already_invited: 'Whoever has this address is invited already.',
  already_member: 'Whoever has this address is a member already.',
  link_used: 'The invitation was accepted, or withdrawn, before.',
  token_limit: 'The organization has as many active tokens as its tier allows.',
  would_replace:
    'At the limit another token would be replaced than the request agreed to, or the calling token itself.',
  api_user_disabled: 'The API user is disabled.',
  organization_suspended: 'The organization, or one above it, is suspended.',
  already_revealed: 'The secret was revealed already, under another key.',
  not_revealed: 'The token was never revealed, so there is no secret to replace.',
  not_active: 'The token is not active.',
  not_revoked: 'The token is not revoked.',
  not_deletable: 'The policy has only ended tokens deleted: revoke it first.',
  compromised: 'The token leaked, so it cannot be restored.',
  expired: 'The token has expired.',
  in_use: 'It is in use.',
  idempotency_in_progress: 'A request with this Idempotency-Key is still being answered.',
  idempotency_key_reused: 'This Idempotency-Key came with another request.',
  length_required: 'The body does not tell its length beforehand, with Content-Length.',
  too_large: 'The body has more than 64 KiB.',
  invalid: 'What was sent has the wrong shape; `fields` says what is wrong with each.',
  over_policy: "It goes beyond the organization's policy.",
  not_held: 'The caller does not hold what it would grant.',
  too_often: 'Too much was asked from this address, or by the same caller. Wait for as long as Retry-After says.',
  busy: 'Too much is being done at once. Try again soon.',
  unexpected: 'Something failed on our side. It is logged.',
  unavailable: 'The database cannot be reached. Nothing was changed.',
}
