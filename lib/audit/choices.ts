/** What the log is filtered by, in the order in which it is shown: what was done to what. */
export const AUDIT_GROUPS = ['openings', 'tokens', 'people', 'organizations', 'settings', 'sign-ins'] as const
export type AuditGroup = (typeof AUDIT_GROUPS)[number]

/** The actions by which a secret leaves the server. */
export const OPENINGS: readonly AuditAction[] = ['token.revealed', 'token.copied']

/** Everything that the trail can tell of, each in its group. */
const GROUP_OF = {
  'token.created': 'tokens',
  'token.revealed': 'tokens',
  'token.copied': 'tokens',
  'token.edited': 'tokens',
  'token.rotated': 'tokens',
  'token.secret_retired': 'tokens',
  'token.revoked': 'tokens',
  'token.restored': 'tokens',
  'token.deleted': 'tokens',
  'user.created': 'people',
  'member.invited': 'people',
  'invitation.approved': 'people',
  'invitation.resent': 'people',
  'invitation.withdrawn': 'people',
  'member.joined': 'people',
  'member.changed': 'people',
  'member.removed': 'people',
  'api_user.created': 'people',
  'api_user.edited': 'people',
  'api_user.disabled': 'people',
  'api_user.enabled': 'people',
  'organization.created': 'organizations',
  'organization.edited': 'organizations',
  'organization.suspended': 'organizations',
  'organization.resumed': 'organizations',
  'organization.closed': 'organizations',
  'organization.policies_set': 'settings',
  'organization.ceilings_set': 'settings',
  'tier.created': 'settings',
  'tier.edited': 'settings',
  'tier.deleted': 'settings',
  'scope.defined': 'settings',
  'scope.edited': 'settings',
  'scope.removed': 'settings',
  'device.registered': 'settings',
  'device.renamed': 'settings',
  'device.removed': 'settings',
  'device.imported': 'settings',
  'audit.exported': 'settings',
  'report.requested': 'settings',
  'backup.restored': 'settings',
  'user.signed_in': 'sign-ins',
  'user.sign_in_blocked': 'sign-ins',
  'user.signed_out': 'sign-ins',
  'user.sessions_ended': 'sign-ins',
  'user.password_changed': 'sign-ins',
  'user.password_reset': 'sign-ins',
  'user.login_linked': 'sign-ins',
  'user.login_unlinked': 'sign-ins',
  'user.edited': 'sign-ins',
} as const satisfies Record<string, Exclude<AuditGroup, 'openings'>>
export type AuditAction = keyof typeof GROUP_OF

const ACTIONS = Object.keys(GROUP_OF).filter(isAuditAction)

/** Whether a text is an action that this version writes. */
export function isAuditAction(text: string): text is AuditAction {
  return Object.hasOwn(GROUP_OF, text)
}

/** The actions that a filter stands for: those of a group, or the one. */
export function actionsOf(show: AuditGroup | AuditAction): readonly AuditAction[] {
  if (isAuditAction(show)) return [show]
  return show === 'openings' ? OPENINGS : ACTIONS.filter((action) => GROUP_OF[action] === show)
}
