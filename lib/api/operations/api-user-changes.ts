import { z } from 'zod'
import { ApiUserJson, ApiUserPath, apiUserJson } from '#lib/api/api-user'
import { requireId } from '#lib/api/id'
import { RoleName } from '#lib/api/member'
import { NOTHING, operation } from '#lib/api/operation'
import { IN_ORGANIZATION, OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { ResourceNames, ScopeText } from '#lib/api/token-input'
import { displayName } from '#lib/names'
import { createApiUser } from '#lib/service-accounts/create'
import { disableApiUser, enableApiUser } from '#lib/service-accounts/disable'
import { editApiUser } from '#lib/service-accounts/edit'
import { viewApiUser } from '#lib/service-accounts/get'

export const createApiUserOperation = operation({
  name: 'createApiUser',
  method: 'POST',
  path: '/api/v1/api-users',
  scope: 'tokens:write',
  summary: 'Makes an API user, which has no token yet.',
  params: NOTHING,
  query: NOTHING,
  body: z
    .strictObject({
      organization: OrganizationReference,
      name: displayName.describe('1 to 100 characters, unique in the organization.'),
      role: RoleName,
      scope: ScopeText.describe('What its tokens may have, separated by spaces; within its role and the caller.'),
      resources: ResourceNames.default(null).describe('`device:<id>` each; absent or null: not narrowed.'),
    })
    .meta({ id: 'NewApiUser' }),
  answers: { 201: ApiUserJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_required', 'organization_suspended'] as const),
    ...(['name_taken', 'not_held'] as const),
  ],
  idempotent: 'possible',
  async run(ctx, { body: { organization, scope: scopes, resources: devices, ...body } }) {
    const at = await resolveOrganization(ctx, organization)
    const { id } = await createApiUser(ctx, { organizationId: at.id, scopes, devices, ...body })
    return { status: 201, body: apiUserJson(at.id)(await viewApiUser(ctx, at, id)) }
  },
})

export const editApiUserOperation = operation({
  name: 'editApiUser',
  method: 'PATCH',
  path: '/api/v1/api-users/{apiUserId}',
  scope: 'tokens:write',
  summary: 'Changes what is given of an API user, in force for its tokens at once.',
  params: ApiUserPath,
  query: IN_ORGANIZATION,
  body: z
    .strictObject({
      name: displayName.optional(),
      role: RoleName.optional(),
      scope: ScopeText.optional().describe('All of them, separated by spaces.'),
      resources: ResourceNames.optional().describe('`device:<id>` each; null: not narrowed.'),
    })
    .meta({ id: 'ApiUserChange' }),
  answers: { 200: ApiUserJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_required', 'organization_suspended'] as const),
    ...(['name_taken', 'not_held'] as const),
  ],
  idempotent: 'possible',
  async run(ctx, { organization, apiUserId: id, body: { scope: scopes, resources: devices, ...body } }) {
    const at = await resolveOrganization(ctx, organization)
    const apiUserId = requireId(id)
    await editApiUser(ctx, { organizationId: at.id, apiUserId, scopes, devices, ...body })
    return { status: 200, body: apiUserJson(at.id)(await viewApiUser(ctx, at, apiUserId)) }
  },
})

const turn = (verb: 'disable' | 'enable', summary: string, change: typeof disableApiUser) =>
  operation({
    name: `${verb}ApiUser`,
    method: 'POST',
    path: `/api/v1/api-users/{apiUserId}/${verb}`,
    scope: 'tokens:write',
    summary,
    params: ApiUserPath,
    query: IN_ORGANIZATION,
    body: null,
    answers: { 200: ApiUserJson },
    problems: ['not_found', 'forbidden', 'organization_required', 'organization_suspended'],
    idempotent: 'possible',
    async run(ctx, { organization, apiUserId: id }) {
      const at = await resolveOrganization(ctx, organization)
      const apiUserId = requireId(id)
      await change(ctx, { organizationId: at.id, apiUserId })
      return { status: 200, body: apiUserJson(at.id)(await viewApiUser(ctx, at, apiUserId)) }
    },
  })

export const disableApiUserOperation = turn(
  'disable',
  'Has every token of an API user refused from now on.',
  disableApiUser,
)

export const enableApiUserOperation = turn('enable', 'Lets the tokens of an API user work again.', enableApiUser)
