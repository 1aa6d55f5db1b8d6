import { narrower } from '#components/devices/narrower'
import type { RoleName } from '#components/members/role-field'
import type { MemberRole, MemberView } from '#lib/members/view'

/** What a role may do, in a sentence. */
export const MAY: Record<RoleName, string> = {
  viewer: 'Sees tokens and analytics, never a secret.',
  member: 'Sees tokens and analytics, and reveals and copies tokens.',
  admin: 'Everything: tokens, API users, devices, members, customers, policies, the audit log.',
}

const LOST = {
  admin:
    'make, change and end tokens, nor manage API users, devices, members, customers and policies, nor read the audit log',
  member: 'reveal and copy tokens',
} as const

type Becoming = { readonly role: MemberRole; readonly devices: readonly string[] | null }

/** What a member loses by a change, a sentence each; none where they lose nothing. */
export function takenAway(
  member: Pick<MemberView, 'role' | 'devices'>,
  next: Becoming,
  scopes: Readonly<Record<MemberRole, readonly string[]>>,
): string[] {
  const lost = [
    ...(member.role === 'admin' && next.role !== 'admin' ? [LOST.admin] : []),
    ...(member.role !== 'viewer' && next.role === 'viewer' ? [LOST.member] : []),
  ]
  const gone = scopes[member.role].filter((scope) => !scopes[next.role].includes(scope))
  return [
    ...(lost.length === 0 ? [] : [`They can no longer ${lost.join(', nor ')}.`]),
    ...(gone.length === 0 ? [] : [`Their personal tokens lose ${gone.join(', ')} here at once.`]),
    ...(narrower(member.devices, next.devices) ? ['They and their personal tokens reach fewer devices at once.'] : []),
  ]
}
