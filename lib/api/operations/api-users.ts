import { ApiUserJson, ApiUserPath, apiUserJson } from '#lib/api/api-user'
import { requireId } from '#lib/api/id'
import { NOTHING, operation } from '#lib/api/operation'
import { IN_ORGANIZATION, resolveOrganization } from '#lib/api/organization'
import { PAGE_QUERY, pageSchema, SearchText } from '#lib/api/page'
import { rowPage, rowSearch } from '#lib/api/row-page'
import { viewApiUser } from '#lib/service-accounts/get'
import { listApiUsers } from '#lib/service-accounts/list'

export const listApiUsersOperation = operation({
  name: 'listApiUsers',
  method: 'GET',
  path: '/api/v1/api-users',
  scope: 'tokens:read',
  summary: "Lists an organization's API users by name, disabled ones included.",
  params: NOTHING,
  query: IN_ORGANIZATION.extend({ search: SearchText.describe('Looked for in names.'), ...PAGE_QUERY }),
  body: null,
  answers: { 200: pageSchema(ApiUserJson) },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, search, limit, cursor }) {
    const at = await resolveOrganization(ctx, organization)
    const page = await listApiUsers(ctx, at, rowSearch(search, cursor), limit)
    return { status: 200, body: rowPage(page, cursor, apiUserJson(at.id)) }
  },
})

export const getApiUserOperation = operation({
  name: 'getApiUser',
  method: 'GET',
  path: '/api/v1/api-users/{apiUserId}',
  scope: 'tokens:read',
  summary: 'Tells of one API user.',
  params: ApiUserPath,
  query: IN_ORGANIZATION,
  body: null,
  answers: { 200: ApiUserJson },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, apiUserId }) {
    const at = await resolveOrganization(ctx, organization)
    return { status: 200, body: apiUserJson(at.id)(await viewApiUser(ctx, at, requireId(apiUserId))) }
  },
})
