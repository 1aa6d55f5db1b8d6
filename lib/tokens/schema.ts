import { z } from 'zod'
import { DeviceChoice } from '#lib/devices/schema'
import { displayName, isShowable } from '#lib/names'
import { ipRange } from '#lib/network'
import { Scopes } from '#lib/scopes/schema'
import { PRESET_DAYS, ROTATION_OVERLAPS } from '#lib/tokens/choices'

/** The public id of a token: 16 characters of base62. */
export const TokenId = z.string().regex(/^[0-9A-Za-z]{16}$/, 'This is not a token id.')

/** A reveal key: 16 random bytes as 22 characters of base64url (the last one carries 2 bits, so it is one of four). */
export const RevealKey = z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/, 'This is not a reveal key.')

export const Expiration = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('preset'), days: z.literal(PRESET_DAYS) }),
  /** An instant in RFC 3339; the browser sends 24:00 of the chosen day in the viewer's time zone. */
  z.strictObject({
    kind: z.literal('custom'),
    at: z.iso.datetime({ offset: true }).refine((at) => Date.parse(at) < LAST_INSTANT, 'Choose an earlier day.'),
  }),
  z.strictObject({ kind: z.literal('never') }),
])
export type Expiration = z.infer<typeof Expiration>

const IpRanges = z
  .array(ipRange)
  .max(50, 'At most 50 address ranges.')
  .transform((ranges) => [...new Set(ranges)])

const Reason = z
  .string()
  .trim()
  .max(500, 'Use at most 500 characters.')
  .refine(isShowable, 'Use only characters that can be seen.')

// PostgreSQL's own calendar reaches further, but a date beyond it has no form in RFC 3339.
const LAST_INSTANT = Date.parse('9999-12-31T00:00:00Z')

export const CreateTokenInput = z.strictObject({
  /** null: a personal token, the actor's own. */
  organizationId: z.uuid().nullable(),
  name: displayName,
  /** Absent: 90 days, or the policy's longest. */
  expiration: Expiration.optional(),
  /** Absent: `data:read reports:read`. */
  scopes: Scopes.optional(),
  /** Absent or null: not narrowed. */
  devices: DeviceChoice.optional(),
  /** The API user that it belongs to, of that organization; absent: a token of the organization itself. */
  serviceAccountId: z.uuid().optional(),
  /** The token whose place it may take at the limit; ignored while there is room. */
  replaces: TokenId.optional(),
})
export type CreateTokenInput = z.input<typeof CreateTokenInput>

export const RevealTokenInput = z.strictObject({ tokenId: TokenId, key: RevealKey })
export type RevealTokenInput = z.infer<typeof RevealTokenInput>

/** Only what is to change is present: two people who edit different fields do not undo each other's work. */
export const EditTokenInput = z.strictObject({
  tokenId: TokenId,
  name: displayName.optional(),
  expiration: Expiration.optional(),
  status: z.enum(['active', 'revoked']).optional(),
  scopes: Scopes.optional(),
  devices: DeviceChoice.optional(),
  ipRanges: IpRanges.optional(),
})
export type EditTokenInput = z.input<typeof EditTokenInput>

export const RevokeTokenInput = z.strictObject({
  tokenId: TokenId,
  reason: Reason.optional(),
  /** Somebody else may hold the secret: the token can't be restored then. */
  leaked: z.boolean().optional(),
  /** Also delete it, in the same transaction. */
  andDelete: z.boolean().optional(),
})
export type RevokeTokenInput = z.input<typeof RevokeTokenInput>

export const RotateTokenInput = z.strictObject({ tokenId: TokenId, overlapSeconds: z.literal(ROTATION_OVERLAPS) })
export type RotateTokenInput = z.infer<typeof RotateTokenInput>

const TokenIds = z
  .array(TokenId)
  .min(1, 'Choose a token.')
  .max(100, 'Choose at most 100 tokens at once.')
  .transform((ids) => [...new Set(ids)])

export const RevokeTokensInput = z.strictObject({ tokenIds: TokenIds, reason: Reason.optional() })
export type RevokeTokensInput = z.input<typeof RevokeTokensInput>

/** Of somebody else, by an admin of the platform; `leaked`: their owner cannot restore them. */
export const RevokePersonalTokensInput = z.strictObject({
  tokenIds: TokenIds,
  reason: Reason.min(1, 'Give a reason.'),
  leaked: z.boolean().optional(),
})
export type RevokePersonalTokensInput = z.input<typeof RevokePersonalTokensInput>

export const ListPersonalTokensInput = z.strictObject({ userId: z.uuid() })
export type ListPersonalTokensInput = z.infer<typeof ListPersonalTokensInput>

export const DeleteTokensInput = z.strictObject({ tokenIds: TokenIds })
export type DeleteTokensInput = z.input<typeof DeleteTokensInput>

/** Restore, delete and the end of a reveal name the token and nothing else. */
export const TokenIdInput = z.strictObject({ tokenId: TokenId })
export type TokenIdInput = z.infer<typeof TokenIdInput>
