import type { TokenRow } from '#db/queries/tokens'
import type { AnyContext } from '#lib/context'
import { outlives } from '#lib/policies/lifetime'
import { type Home, mayAt } from '#lib/tokens/home'
import { headOf } from '#lib/tokens/secret'
import { statusOf } from '#lib/tokens/status'
import type { TokenActionName, TokenApiUser, TokenView } from '#lib/tokens/view'

type Viewer = Pick<AnyContext, 'actor' | 'prefix' | 'sealKeys'> & { readonly now: Date }

/** A token as this viewer's screens show it: masked, with what they may do with it now. */
export function presentToken(token: TokenRow, home: Home, viewer: Viewer): TokenView {
  const { retiringTail, retiringMintedAt, retiresAt } = token
  return {
    id: token.id,
    kind: token.kind,
    organizationId: token.organizationId,
    head: headOf(token.prefix ?? viewer.prefix, token.kind),
    tail: token.tail,
    keeps: keepsSecrets(home, viewer),
    kept: isKept(token, home, viewer),
    name: token.name,
    handedOverBy: token.handedOverBy,
    status: statusOf(token, viewer.now),
    stoppedBy: isSuspended(home) ? 'suspended' : token.apiUserDisabledAt !== null ? 'disabled' : null,
    createdAt: token.createdAt,
    mintedAt: token.mintedAt,
    rotation: token.rotationOverlapSeconds === null ? null : { overlapSeconds: token.rotationOverlapSeconds },
    retiring:
      retiringTail !== null && retiringMintedAt !== null && retiresAt !== null && retiresAt > viewer.now
        ? { tail: retiringTail, mintedAt: retiringMintedAt, until: retiresAt }
        : null,
    expiresAt: token.expiresAt,
    revokedAt: token.revokedAt,
    lastUsedAt: token.lastUsedAt,
    scopes: token.scopes,
    devices: token.devices,
    apiUser: apiUserOf(token),
    ipRanges: token.ipRanges,
    compromised: token.compromised,
    overPolicy: statusOf(token, viewer.now) === 'active' && outlives(token, home.policies),
    actions: actionsOn(token, home, viewer),
  }
}

function apiUserOf({ serviceAccountId, apiUserName, apiUserScopes, apiUserDevices }: TokenRow): TokenApiUser | null {
  if (serviceAccountId === null || apiUserName === null || apiUserScopes === null) return null
  return { id: serviceAccountId, name: apiUserName, scopes: apiUserScopes, devices: apiUserDevices }
}

/** What applies to a token as it stands and is allowed to the viewer. The verbs judge again. */
function actionsOn(token: TokenRow, home: Home, viewer: Viewer): TokenActionName[] {
  const { actor, now } = viewer
  const status = statusOf(token, now)
  const manages = mayAt(actor, 'tokens.manage', home)
  const works = status === 'active' && !isSuspended(home)
  const overdue = token.expiresAt !== null && token.expiresAt <= now
  const opens = token.tail === null || token.rotationOverlapSeconds !== null || isKept(token, home, viewer)
  const reveals = works && opens && mayAt(actor, 'tokens.reveal', home)
  const applies: Record<TokenActionName, boolean> = {
    reveal: reveals,
    copy: reveals,
    edit: manages,
    rotate: manages && works && token.tail !== null,
    revoke: manages && status === 'active',
    restore: manages && !isSuspended(home) && status === 'revoked' && !overdue && !token.compromised,
    delete: manages && (status !== 'active' || home.policies.deletePolicy === 'any'),
  }
  return (['reveal', 'copy', 'edit', 'rotate', 'revoke', 'restore', 'delete'] as const).filter((name) => applies[name])
}

const keepsSecrets = ({ policies }: Home, { sealKeys }: Viewer) =>
  policies.revealPolicy === 'anytime' && sealKeys.length > 0

const isKept = ({ sealKeyId }: TokenRow, home: Home, viewer: Viewer) =>
  keepsSecrets(home, viewer) && viewer.sealKeys.some(({ id }) => id === sealKeyId)

const isSuspended = ({ organization }: Home) => organization !== null && organization.suspendedBy !== null
