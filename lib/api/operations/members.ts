import { z } from 'zod'
import { requireId } from '#lib/api/id'
import { MemberJson, MemberPath, memberJson, RoleName } from '#lib/api/member'
import { NOTHING, operation } from '#lib/api/operation'
import { IN_ORGANIZATION, resolveOrganization } from '#lib/api/organization'
import { PAGE_QUERY, pageSchema, SearchText } from '#lib/api/page'
import { rowPage, rowSearch } from '#lib/api/row-page'
import { ResourceNames } from '#lib/api/token-input'
import { changeMember } from '#lib/members/change'
import { viewMember } from '#lib/members/get'
import { listMembers } from '#lib/members/list'
import { removeMember } from '#lib/members/remove'

const ONE = { path: '/api/v1/members/{userId}', params: MemberPath, query: IN_ORGANIZATION } as const

export const listMembersOperation = operation({
  name: 'listMembers',
  method: 'GET',
  path: '/api/v1/members',
  scope: 'tokens:read',
  summary: "Lists an organization's members by name.",
  params: NOTHING,
  query: IN_ORGANIZATION.extend({
    search: SearchText.describe('Looked for in names and e-mail addresses.'),
    ...PAGE_QUERY,
  }),
  body: null,
  answers: { 200: pageSchema(MemberJson) },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, search, limit, cursor }) {
    const at = await resolveOrganization(ctx, organization)
    const page = await listMembers(ctx, at, rowSearch(search, cursor), limit)
    return { status: 200, body: rowPage(page, cursor, memberJson(at.id)) }
  },
})

export const getMemberOperation = operation({
  ...ONE,
  name: 'getMember',
  method: 'GET',
  scope: 'tokens:read',
  summary: 'Tells of one member.',
  body: null,
  answers: { 200: MemberJson },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, userId }) {
    const at = await resolveOrganization(ctx, organization)
    return { status: 200, body: memberJson(at.id)(await viewMember(ctx, at, requireId(userId))) }
  },
})

export const editMemberOperation = operation({
  ...ONE,
  name: 'editMember',
  method: 'PATCH',
  scope: 'tokens:write',
  summary: 'Gives a member another role or other devices, on behalf of the organization itself.',
  body: z
    .strictObject({
      role: RoleName.optional(),
      resources: ResourceNames.optional().describe('`device:<id>` each; null: not narrowed. An admin is never.'),
    })
    .meta({ id: 'MemberChange' }),
  answers: { 200: MemberJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_required', 'organization_suspended'] as const),
    ...(['last_admin', 'not_held'] as const),
  ],
  idempotent: 'possible',
  async run(ctx, { organization, userId: id, body: { role, resources: devices } }) {
    const at = await resolveOrganization(ctx, organization)
    const userId = requireId(id)
    await changeMember(ctx, { organizationId: at.id, userId, role, devices })
    return { status: 200, body: memberJson(at.id)(await viewMember(ctx, at, userId)) }
  },
})

export const removeMemberOperation = operation({
  ...ONE,
  name: 'removeMember',
  method: 'DELETE',
  scope: 'tokens:write',
  summary: 'Ends a membership; the account stays.',
  body: null,
  answers: { 204: null },
  problems: ['not_found', 'forbidden', 'organization_required', 'last_admin'],
  idempotent: 'possible',
  async run(ctx, { organization, userId }) {
    const at = await resolveOrganization(ctx, organization)
    await removeMember(ctx, { organizationId: at.id, userId: requireId(userId) })
    return { status: 204, body: null }
  },
})
