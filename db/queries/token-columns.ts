import { and, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { organizations } from '#db/schema/organizations'
import { serviceAccounts } from '#db/schema/service-accounts'
import { tokenSecrets, tokens } from '#db/schema/tokens'

/** The secret that a rotation left working for a while, beside the current one. */
export const retiring = alias(tokenSecrets, 'retiring')

/** The organization above that handed a token over. */
export const handingOver = alias(organizations, 'handing_over')

/** What every screen and verb reads of a token: the row and the shown part of its secrets. */
export const tokenColumns = {
  id: tokens.id,
  kind: tokens.kind,
  organizationId: tokens.organizationId,
  userId: tokens.userId,
  serviceAccountId: tokens.serviceAccountId,
  ownerId: tokens.ownerId,
  name: tokens.name,
  scopes: tokens.scopes,
  devices: tokens.devices,
  ipRanges: tokens.ipRanges,
  createdAt: tokens.createdAt,
  expiresAt: tokens.expiresAt,
  lifetimeDays: tokens.lifetimeDays,
  revokedAt: tokens.revokedAt,
  revokeReason: tokens.revokeReason,
  compromised: tokens.compromised,
  rotationOverlapSeconds: tokens.rotationOverlapSeconds,
  lastUsedAt: tokens.lastUsedAt,
  lastUsedIp: tokens.lastUsedIp,
  lastUsedUserAgent: tokens.lastUsedUserAgent,
  prefix: tokenSecrets.prefix,
  tail: tokenSecrets.tail,
  mintedAt: tokenSecrets.mintedAt,
  sealKeyId: tokenSecrets.sealKeyId,
  retiringTail: retiring.tail,
  retiringMintedAt: retiring.mintedAt,
  retiresAt: retiring.retiresAt,
  handedOverBy: handingOver.name,
  apiUserName: serviceAccounts.name,
  apiUserDevices: serviceAccounts.devices,
  apiUserRole: serviceAccounts.role,
  apiUserScopes: serviceAccounts.scopes,
  apiUserDisabledAt: serviceAccounts.disabledAt,
}

/** Tokens with their secrets and API user, to select `tokenColumns` from. */
export const currentSecret = and(eq(tokenSecrets.tokenId, tokens.id), eq(tokenSecrets.state, 'current'))
export const handedOver = eq(handingOver.id, tokens.handedOverById)
export const retiringSecret = and(eq(retiring.tokenId, tokens.id), eq(retiring.state, 'retiring'))
