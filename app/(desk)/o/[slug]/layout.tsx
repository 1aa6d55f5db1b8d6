import { DeskShell } from '#components/shell/desk-shell'
import type { OrganizationChoice } from '#components/shell/organization-choice'
import { NowProvider } from '#components/time/now'
import { standing } from '#lib/authorization'
import { loadOrganizations, type Organization } from '#lib/organizations/load'
import { signOut } from '../../actions'
import { openDesk } from './desk'

export const dynamic = 'force-dynamic'

/** The desk of one organization. */
export default async function DeskLayout({ params, children }: LayoutProps<'/o/[slug]'>) {
  const { slug } = await params
  const { ctx, organization, options } = await openDesk(slug)
  const own = await loadOrganizations(
    ctx.db,
    ctx.organizations.map(({ id }) => id),
  )
  const listed = own.some(({ id }) => id === organization.id) ? own : [...own, organization]
  return (
    <NowProvider now={ctx.clock()}>
      <DeskShell
        organization={choiceOf(organization)}
        organizations={listed.map(choiceOf)}
        nav={[{ href: `/o/${slug}/tokens`, label: 'Tokens', icon: 'tokens', group: 1 }]}
        usage={{ used: options.used, limit: options.limit }}
        person={{ email: ctx.actor.email, role: roleIn(organization, ctx) }}
        signOut={signOut}
      >
        {children}
      </DeskShell>
    </NowProvider>
  )
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

const ROLE_WORDS = { admin: 'Admin', member: 'Member', viewer: 'Viewer' }

function roleIn(organization: Organization, { actor }: Awaited<ReturnType<typeof openDesk>>['ctx']): string {
  const { role } = standing(actor, organization)
  return role === null ? `Admin above ${organization.name}` : `${ROLE_WORDS[role]} of ${organization.name}`
}
