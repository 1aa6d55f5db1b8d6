import type { ReactNode } from 'react'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { DeskShell } from '#components/shell/desk-shell'
import type { NavItem } from '#components/shell/nav-list'
import type { OrganizationChoice } from '#components/shell/organization-choice'
import { NowProvider } from '#components/time/now'
import type { SignedIn } from '#lib/actor'
import { can, standing } from '#lib/authorization'
import { loadOrganizations, type Organization } from '#lib/organizations/load'
import type { TokenFormOptions } from '#lib/tokens/view'
import { signOut } from './actions'

/** The desk's frame for whoever is signed in, at an organization or, where they are a member of none, at none. */
export async function DeskFrame({
  ctx,
  at,
  children,
}: {
  ctx: SignedIn
  at: { readonly organization: Organization; readonly options: Pick<TokenFormOptions, 'used' | 'limit'> } | null
  children: ReactNode
}) {
  const own = await loadOrganizations(
    ctx.db,
    ctx.organizations.map(({ id }) => id),
  )
  const listed = at === null || own.some(({ id }) => id === at.organization.id) ? own : [...own, at.organization]
  return (
    <NowProvider now={ctx.clock()}>
      <DeskShell
        organization={at && choiceOf(at.organization)}
        organizations={listed.map(choiceOf)}
        nav={at === null ? [] : navOf(at.organization, ctx)}
        usage={at && { used: at.options.used, limit: at.options.limit }}
        person={{ email: ctx.actor.email, role: at === null ? '' : roleIn(at.organization, ctx) }}
        signOut={signOut}
      >
        {children}
      </DeskShell>
    </NowProvider>
  )
}

/** The pages of an organization that whoever looks may open. */
function navOf(organization: Organization, { actor }: SignedIn): NavItem[] {
  const base = `/o/${organization.slug}`
  const nav: NavItem[] = [{ href: `${base}/tokens`, label: 'Tokens', icon: 'tokens', group: 1 }]
  if (can(actor, 'organization.edit', organization))
    nav.push({ href: `${base}/settings`, label: 'Settings', icon: 'settings', group: 3 })
  return nav
}

const choiceOf = ({ slug, name, kind, tier, path }: Organization): OrganizationChoice => ({
  slug,
  name,
  kind,
  depth: path.length - 1,
  tier:
    tier === null
      ? null
      : {
          name: tier.granted.name,
          effectiveRank: tier.rank,
          ...(tier.limitedBy === null ? {} : { limitedTo: { tier: tier.name, by: tier.limitedBy.name } }),
        },
})

function roleIn(organization: Organization, { actor }: SignedIn): string {
  const { role } = standing(actor, organization)
  return role === null ? `Admin above ${organization.name}` : `${ROLE_WORDS[role]} of ${organization.name}`
}
