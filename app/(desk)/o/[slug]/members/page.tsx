import type { Metadata } from 'next'
import { InviteMemberDialog } from '#components/invitations/invite-member-dialog'
import { OpenInvitations } from '#components/invitations/open-invitations'
import { ApiUsersPanel } from '#components/members/api-users-panel'
import { MembersPanel } from '#components/members/members-panel'
import { listInvitations } from '#lib/invitations/list'
import { loadListSearch } from '#lib/lists/search'
import { post } from '#lib/mail/post'
import { listMembers } from '#lib/members/list'
import { loadPeopleSearch } from '#lib/members/search'
import { listApiUsers } from '#lib/service-accounts/list'
import { confirmIdentity } from '../../../actions'
import { orNotFound } from '../../../or-not-found'
import { openDesk, openOptions } from '../desk'
import * as tokenActions from '../tokens/actions'
import * as actions from './actions'
import * as invitationActions from './invitation-actions'

export const metadata: Metadata = { title: 'Members' }

/** Who acts in an organization: its members, and on the other tab its API users. */
export default async function MembersPage({ params, searchParams }: PageProps<'/o/[slug]/members'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  const { tab } = await loadPeopleSearch(searchParams)
  const search = await loadListSearch(searchParams)
  const { id, name } = organization
  const at = { path: `/o/${slug}/members`, organization: { id, name, slug }, search }
  if (tab === 'members') {
    const [page, { invitations, ...to }, { devicesUrl }] = await Promise.all([
      orNotFound(listMembers(ctx, organization, search)),
      orNotFound(listInvitations({ ...ctx, post: post() }, organization)),
      openOptions(slug),
    ])
    return (
      <MembersPanel
        {...at}
        page={page}
        devicesUrl={devicesUrl}
        actions={actions}
        invite={<InviteMemberDialog to={to} devicesUrl={devicesUrl} inviteMember={invitationActions.inviteMember} />}
        invitations={<OpenInvitations invitations={invitations} organizationName={name} actions={invitationActions} />}
      />
    )
  }
  const [page, options] = await Promise.all([orNotFound(listApiUsers(ctx, organization, search)), openOptions(slug)])
  return (
    <ApiUsersPanel
      {...at}
      page={page}
      options={options}
      actions={actions}
      tokenActions={{ ...tokenActions, confirmIdentity }}
    />
  )
}
