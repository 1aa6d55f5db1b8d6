import { z } from 'zod'
import { RoleName } from '#lib/api/member'
import { ResourcesJson, resourcesJson } from '#lib/api/resources'
import type { ApiUserView } from '#lib/service-accounts/view'

/** An API user as the HTTP API tells of it. */
export const ApiUserJson = z
  .strictObject({
    apiUserId: z.string(),
    organizationId: z.string(),
    name: z.string(),
    role: RoleName,
    scope: z.string().describe('What its tokens may have, separated by spaces.'),
    resources: ResourcesJson,
    disabledAt: z.iso.datetime().nullable().describe('Since when its tokens are refused; null: they work.'),
    createdAt: z.iso.datetime(),
    activeTokens: z.number(),
    lastUsedAt: z.iso.datetime().nullable().describe('Of any of its tokens; null: never.'),
  })
  .meta({ id: 'ApiUser' })

/** What paths of one API user name. */
export const ApiUserPath = z.strictObject({ apiUserId: z.string().describe("The API user's id.") })

export const apiUserJson =
  (organizationId: string) =>
  (view: ApiUserView): z.infer<typeof ApiUserJson> => ({
    apiUserId: view.id,
    organizationId,
    name: view.name,
    role: view.role,
    scope: view.scopes.join(' '),
    resources: resourcesJson(view.devices),
    disabledAt: view.disabledAt?.toISOString() ?? null,
    createdAt: view.createdAt.toISOString(),
    activeTokens: view.activeTokens,
    lastUsedAt: view.lastUsedAt?.toISOString() ?? null,
  })
