import { mount } from '#lib/api/mount'
import { inviteMemberOperation, listInvitationsOperation } from '#lib/api/operations/invitations'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(listInvitationsOperation, inviteMemberOperation)
