import { z } from 'zod'
import { requireId } from '#lib/api/id'
import { InvitationJson, invitationJson } from '#lib/api/invitation'
import { withoutLinks, withPost } from '#lib/api/mail'
import { RoleName } from '#lib/api/member'
import { NOTHING, operation } from '#lib/api/operation'
import { IN_ORGANIZATION, OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { PAGE_QUERY, pageSchema } from '#lib/api/page'
import { lostItsPlace, rowCursor, rowOf } from '#lib/api/row-page'
import { ResourceNames } from '#lib/api/token-input'
import { notFound } from '#lib/errors'
import { inviteMember } from '#lib/invitations/invite'
import { listInvitations } from '#lib/invitations/list'
import { InviteMemberInput } from '#lib/invitations/schema'
import { withdrawInvitation } from '#lib/invitations/withdraw'

export const listInvitationsOperation = operation({
  name: 'listInvitations',
  method: 'GET',
  path: '/api/v1/invitations',
  scope: 'tokens:read',
  summary: "Lists an organization's open invitations, oldest first.",
  params: NOTHING,
  query: IN_ORGANIZATION.extend(PAGE_QUERY),
  body: null,
  answers: { 200: pageSchema(InvitationJson) },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, limit, cursor }) {
    const at = await resolveOrganization(ctx, organization)
    const { invitations } = await listInvitations(withPost(ctx), at)
    const begin = cursor === undefined ? 0 : invitations.findIndex(({ id }) => id === rowOf(cursor)) + 1
    if (cursor !== undefined && begin === 0 && invitations.length > 0) throw lostItsPlace()
    const rows = invitations.slice(begin, begin + limit)
    const last = begin + limit < invitations.length ? rows.at(-1) : undefined
    const nextCursor = last === undefined ? null : rowCursor(last.id)
    return { status: 200, body: { data: rows.map(invitationJson(at.id)), nextCursor } }
  },
})

export const inviteMemberOperation = operation({
  name: 'inviteMember',
  method: 'POST',
  path: '/api/v1/invitations',
  scope: 'tokens:write',
  summary: 'Invites somebody in the name of the owner of a personal token; the link is never answered.',
  params: NOTHING,
  query: NOTHING,
  body: z
    .strictObject({
      organization: OrganizationReference,
      email: InviteMemberInput.shape.email.describe('Whom to invite; compared without case.'),
      role: RoleName,
      resources: ResourceNames.optional().describe('`device:<id>` each; absent or null: not narrowed.'),
    })
    .meta({ id: 'NewInvitation' }),
  answers: { 201: InvitationJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_required', 'organization_suspended'] as const),
    ...(['already_invited', 'already_member', 'not_held'] as const),
  ],
  idempotent: 'possible',
  async run(ctx, { body: { organization, email, role, resources: devices } }) {
    const at = await resolveOrganization(ctx, organization)
    const { id } = await inviteMember(withoutLinks(ctx), { organizationId: at.id, email, role, devices })
    const { invitations } = await listInvitations(withPost(ctx), at)
    const invitation = invitations.find((each) => each.id === id)
    if (invitation === undefined) throw notFound()
    return { status: 201, body: invitationJson(at.id)(invitation) }
  },
})

export const withdrawInvitationOperation = operation({
  name: 'withdrawInvitation',
  method: 'DELETE',
  path: '/api/v1/invitations/{invitationId}',
  scope: 'tokens:write',
  summary: 'Ends an open invitation: its link is void at once.',
  params: z.strictObject({ invitationId: z.string().describe("The invitation's id.") }),
  query: NOTHING,
  body: null,
  answers: { 204: null },
  problems: ['not_found', 'link_used'],
  idempotent: 'possible',
  async run(ctx, { invitationId }) {
    await withdrawInvitation(ctx, { invitationId: requireId(invitationId) })
    return { status: 204, body: null }
  },
})
