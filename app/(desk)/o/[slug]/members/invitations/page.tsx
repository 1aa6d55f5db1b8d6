import type { Metadata } from 'next'
import { InviteMemberDialog } from '#components/invitations/invite-member-dialog'
import { OpenInvitations } from '#components/invitations/open-invitations'
import { PageHeader } from '#components/shell/page-header'
import { listInvitations } from '#lib/invitations/list'
import { post } from '#lib/mail/post'
import { orNotFound } from '../../../../or-not-found'
import { openDesk } from '../../desk'
import * as actions from '../invitation-actions'

export const metadata: Metadata = { title: 'Invitations' }

/** The open invitations of an organization, for those who manage its members. */
export default async function InvitationsPage({ params }: PageProps<'/o/[slug]/members/invitations'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  const { invitations, ...to } = await orNotFound(listInvitations({ ...ctx, post: post() }, organization))
  const count = invitations.length
  return (
    <>
      <PageHeader
        title="Invitations"
        answer={
          count === 0 ? (
            'Nobody has an invitation that is open.'
          ) : (
            <>
              <b>{count}</b> {count === 1 ? 'invitation is' : 'invitations are'} open.
            </>
          )
        }
        actions={<InviteMemberDialog to={to} inviteMember={actions.inviteMember} />}
      />
      <OpenInvitations invitations={invitations} organizationName={to.organizationName} actions={actions} />
    </>
  )
}
