import { z } from 'zod'
import { OrganizationReference } from '#lib/api/organization'
import { DeviceChoice } from '#lib/devices/schema'
import { displayName } from '#lib/names'
import { Scopes } from '#lib/scopes/schema'
import { EditTokenInput, Expiration, TokenId } from '#lib/tokens/schema'

/** Scopes as RFC 6749 writes them, separated by spaces. */
export const ScopeText = z
  .string('Give scopes as one string.')
  .max(4_000, 'Use at most 4000 characters.')
  .transform((text) => (text === '' ? [] : text.split(' ')))
  .pipe(Scopes)

/** What something is narrowed to, `device:<id>` each; null: it is not narrowed. */
export const ResourceNames = z
  .array(z.string().regex(/^device:/, 'Name devices as device:<id>.'))
  .nullable()
  .transform((names) => names?.map((name) => name.slice('device:'.length)) ?? null)
  .pipe(DeviceChoice)

const expiresAt = z
  .string('Give a time, or null for never.')
  .nullable()
  .transform((at): Expiration => (at === null ? { kind: 'never' } : { kind: 'custom', at }))
  .pipe(Expiration)

/** Whether a caller who may reveal gets the secret at once. */
export const revealNow = z
  .boolean('Give true or false.')
  .default(true)
  .describe('false: the secret is left for a later reveal, whoever asks.')

/** What a token is made of over HTTP; a name alone is enough. */
export const CreateTokenBody = z
  .strictObject({
    organization: OrganizationReference,
    name: displayName.describe('1 to 100 characters, unique among the tokens of its owner.'),
    expiresAt: expiresAt
      .optional()
      .describe(
        'RFC 3339; null: never. Never later than the calling token expires. Absent: 90 days, or the longest that is allowed.',
      ),
    scope: ScopeText.optional().describe(
      'Separated by spaces. Absent: of `data:read reports:read` what the calling token has itself.',
    ),
    resources: ResourceNames.optional().describe('`device:<id>` each; absent or null: not narrowed.'),
    apiUserId: z
      .uuid('This is no id.')
      .optional()
      .describe('The API user that it belongs to; absent: an organization token.'),
    reveal: revealNow,
    replaces: TokenId.optional().describe('The token whose place it may take where the tier replaces at its limit.'),
  })
  .meta({ id: 'NewToken' })

/** What is changed of a token over HTTP; what is absent stays. */
export const EditTokenBody = z
  .strictObject({
    name: EditTokenInput.shape.name,
    expiresAt: expiresAt.optional().describe('RFC 3339; null: never. Not moved beyond the end of the calling token.'),
    scope: ScopeText.optional().describe('All of them, separated by spaces.'),
    resources: ResourceNames.optional().describe('`device:<id>` each; null: not narrowed.'),
    ipRanges: EditTokenInput.shape.ipRanges.describe(
      'Addresses and networks; empty: from anywhere. A calling token that has some allows no others.',
    ),
    status: EditTokenInput.shape.status.describe('Runs revoke or restore.'),
  })
  .meta({ id: 'TokenChange' })
