import type { NavItem } from '#components/shell/nav-list'
import type { SignedIn } from '#lib/actor'
import { can, type Permission } from '#lib/authorization'
import type { Organization } from '#lib/organizations/load'

type Page = Pick<NavItem, 'label' | 'icon' | 'group'> & {
  /** Its part of the address. */
  readonly segment: string
  /** What whoever opens it may do there. */
  readonly permission: Permission
  /** Only organizations that have others below them. */
  readonly above?: true
}

const PAGES: readonly Page[] = [
  { segment: 'tokens', label: 'Tokens', icon: 'tokens', group: 1, permission: 'tokens.see' },
  { segment: 'analytics', label: 'Analytics', icon: 'analytics', group: 1, permission: 'tokens.see' },
  { segment: 'reports', label: 'Reports', icon: 'reports', group: 1, permission: 'tokens.see' },
  {
    segment: 'customers',
    label: 'Customers',
    icon: 'customers',
    group: 2,
    permission: 'customers.manage',
    above: true,
  },
  { segment: 'members', label: 'Members', icon: 'members', group: 2, permission: 'members.remove' },
  { segment: 'devices', label: 'Devices', icon: 'devices', group: 2, permission: 'devices.manage' },
  { segment: 'audit', label: 'Audit log', icon: 'audit', group: 3, permission: 'audit.read' },
  { segment: 'settings', label: 'Settings', icon: 'settings', group: 3, permission: 'organization.edit' },
]

const REFERENCE: NavItem = { href: '/docs/api', label: 'API reference', icon: 'api', group: 4 }

/** The pages of an organization that whoever looks may open, and the API reference, which is everybody's. */
export const pagesOf = ({ actor }: Pick<SignedIn, 'actor'>, organization: Organization): NavItem[] => [
  ...PAGES.filter(
    ({ permission, above }) =>
      can(actor, permission, organization) && !(above === true && organization.kind === 'customer'),
  ).map(({ segment, label, icon, group }) => ({ href: `/o/${organization.slug}/${segment}`, label, icon, group })),
  REFERENCE,
]
