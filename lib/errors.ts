/** Every expected refusal, with the HTTP status it has at any boundary (RFC 9457 `code` and `status`). */
const STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  /** The organization's data plan doesn't have it: the message says whom to ask. */
  tier_required: 403,
  /** Only somebody who proved who they are within the last 10 minutes may: give the password again. */
  confirmation_required: 403,
  not_found: 404,
  /** A personal token whose owner is a member of several organizations has to say which. */
  organization_required: 422,
  invalid: 422,
  name_taken: 409,
  token_limit: 409,
  last_admin: 409,
  api_user_disabled: 409,
  /** At the limit a new token takes the place of another than was agreed to: the message names it. */
  would_replace: 409,
  in_use: 409,
  organization_suspended: 409,
  already_revealed: 409,
  /** The same `Idempotency-Key` came before with another request. */
  idempotency_key_reused: 422,
  /** A request with the same `Idempotency-Key` is not answered yet. */
  idempotency_in_progress: 409,
  not_revealed: 409,
  not_active: 409,
  not_revoked: 409,
  not_deletable: 409,
  compromised: 409,
  expired: 409,
  over_policy: 422,
  not_held: 422,
  link_used: 410,
  already_invited: 409,
  already_member: 409,
  /** The e-mail address has an account: its owner signs in. */
  account_exists: 409,
  /** An admin of the organization has to approve it first. */
  not_approved: 409,
  already_set_up: 409,
  /** Too often: the message says when to try again. */
  too_often: 429,
  busy: 503,
  /** The provider that people sign in through does not answer. */
  provider_unreachable: 503,
} as const

export type ErrorCode = keyof typeof STATUS

/** Messages beside the fields of a form, by the field's name in the input schema. */
export type FieldErrors = Readonly<Record<string, string>>

/** A refusal that the caller can be told as it stands: its message never holds a secret or another tenant's data. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ErrorCode
  readonly status: number
  readonly fields: FieldErrors

  constructor(code: ErrorCode, message: string, fields: FieldErrors = {}) {
    super(message)
    this.code = code
    this.status = STATUS[code]
    this.fields = fields
  }
}

/** The refusal for what does not exist and for what the actor may not see: the two are never told apart. */
export const notFound = () => new DomainError('not_found', 'It does not exist, or you cannot see it.')
