import { z } from 'zod'
import type { TokenView } from '#lib/tokens/view'

/** A token as the HTTP API tells of it; its secret is no part of it. */
export const TokenJson = z
  .strictObject({
    tokenId: z.string().describe('Public, 16 characters.'),
    kind: z.enum(['organization', 'service']),
    name: z.string(),
    organizationId: z.string(),
    apiUserId: z.string().nullable().describe('The API user that a service token belongs to; else null.'),
    token: z.string().nullable().describe('The current secret, masked; null until it is revealed.'),
    scope: z.string().describe('Stored scopes, separated by spaces (RFC 6749, section 3.3).'),
    resources: z
      .array(z.string())
      .nullable()
      .describe('What it is narrowed to, `device:<id>` each; null: it is not narrowed, empty: to nothing.'),
    ipRanges: z
      .array(z.string())
      .describe('Addresses and networks that it may be presented from; empty: from anywhere.'),
    status: z.enum(['active', 'revoked', 'expired']),
    stoppedBy: z
      .enum(['suspended', 'disabled'])
      .nullable()
      .describe(
        'Why an active token does not work all the same: its organization is suspended, or its API user disabled.',
      ),
    revealed: z.boolean().describe('Whether its latest secret was revealed: false after creation and after rotation.'),
    createdAt: z.iso.datetime(),
    issuedAt: z.iso.datetime().nullable().describe('When the current secret was minted; null until it is revealed.'),
    expiresAt: z.iso.datetime().nullable().describe('null: never.'),
    lastUsedAt: z.iso.datetime().nullable().describe('null: never used.'),
    revokedAt: z.iso.datetime().nullable(),
    compromised: z.boolean().describe('It leaked, so it cannot be restored.'),
    rotation: z
      .strictObject({ overlapSeconds: z.number() })
      .nullable()
      .describe('A rotation that waits for the next reveal, after which the present secret works for so long.'),
    retiring: z
      .strictObject({ token: z.string(), until: z.iso.datetime() })
      .nullable()
      .describe('The secret before the current one, masked, while it still works.'),
  })
  .meta({ id: 'Token' })
export type TokenJson = z.infer<typeof TokenJson>

/** The same with its secret, where it was told this once; a later repetition of the request tells `revealed` alone. */
export const OpenedTokenJson = TokenJson.extend({
  secret: z.string().optional().describe('What is presented; absent where the caller may not see it, or not any more.'),
}).meta({ id: 'OpenedToken' })

/** What paths of one token name. Of any form: what is no id is no token's. */
export const TokenPath = z.strictObject({ tokenId: z.string().describe('The public id of a token.') })

/** Puts it together for a token of an organization that the caller was found to see. */
export function tokenJson(view: TokenView): TokenJson {
  const { organizationId, revokedAt } = view
  if (view.kind === 'personal' || organizationId === null) throw new Error('personal tokens are not told over HTTP')
  const masked = (tail: string) => `${view.head}${view.id}_••••••${tail}`
  return {
    tokenId: view.id,
    kind: view.kind,
    name: view.name,
    organizationId,
    apiUserId: view.apiUser?.id ?? null,
    token: view.tail === null ? null : masked(view.tail),
    scope: (view.scopes ?? []).join(' '),
    resources: view.devices?.map((id) => `device:${id}`) ?? null,
    ipRanges: [...view.ipRanges],
    status: view.status,
    stoppedBy: view.stoppedBy,
    revealed: view.tail !== null && view.rotation === null,
    createdAt: view.createdAt.toISOString(),
    issuedAt: view.mintedAt?.toISOString() ?? null,
    expiresAt: view.expiresAt?.toISOString() ?? null,
    lastUsedAt: view.lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    compromised: view.compromised,
    rotation: view.rotation,
    retiring: view.retiring && { token: masked(view.retiring.tail), until: view.retiring.until.toISOString() },
  }
}
