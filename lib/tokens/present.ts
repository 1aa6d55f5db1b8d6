import type { TokenRow } from '#db/queries/tokens'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import type { Organization } from '#lib/organizations/load'
import { headOf } from '#lib/tokens/secret'
import { statusOf } from '#lib/tokens/status'
import type { TokenActionName, TokenView } from '#lib/tokens/view'

type Viewer = Pick<Context, 'actor' | 'prefix'> & { readonly now: Date }

/** A token as this viewer's screens show it: masked, with what they may do with it now. */
export function presentToken(token: TokenRow, organization: Organization, viewer: Viewer): TokenView {
  return {
    id: token.id,
    kind: token.kind,
    head: headOf(token.prefix ?? viewer.prefix, token.kind),
    tail: token.tail,
    name: token.name,
    status: statusOf(token, viewer.now),
    stoppedBy: organization.suspendedBy !== null ? 'suspended' : token.apiUserDisabledAt !== null ? 'disabled' : null,
    createdAt: token.createdAt,
    mintedAt: token.mintedAt,
    expiresAt: token.expiresAt,
    lastUsedAt: token.lastUsedAt,
    scopes: token.scopes,
    devices: token.devices,
    ipRanges: token.ipRanges,
    compromised: token.compromised,
    actions: actionsOn(token, organization, viewer),
  }
}

/** What applies to a token as it stands and is allowed to the viewer. The verbs judge again. */
function actionsOn(token: TokenRow, organization: Organization, { actor, now }: Viewer): TokenActionName[] {
  const status = statusOf(token, now)
  const manages = can(actor, 'tokens.manage', organization)
  const open = organization.suspendedBy === null
  const overdue = token.expiresAt !== null && token.expiresAt <= now
  const reveals = status === 'active' && open && token.tail === null && can(actor, 'tokens.reveal', organization)
  const applies: Record<TokenActionName, boolean> = {
    reveal: reveals,
    copy: reveals,
    edit: manages,
    revoke: manages && status === 'active',
    restore: manages && open && status === 'revoked' && !overdue && !token.compromised,
    delete: manages && (status !== 'active' || organization.policies.deletePolicy === 'any'),
  }
  return (['reveal', 'copy', 'edit', 'revoke', 'restore', 'delete'] as const).filter((name) => applies[name])
}
