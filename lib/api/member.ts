import { z } from 'zod'
import { ResourcesJson, resourcesJson } from '#lib/api/resources'
import type { MemberView } from '#lib/members/view'

export const RoleName = z.enum(['admin', 'member', 'viewer'], 'Give admin, member or viewer.')

/** A member as the HTTP API tells of them. */
export const MemberJson = z
  .strictObject({
    userId: z.string(),
    organizationId: z.string(),
    name: z.string(),
    email: z.string(),
    role: RoleName,
    resources: ResourcesJson,
    since: z.iso.datetime(),
    invitedBy: z.string().nullable().describe('E-mail address of who invited them; null: nobody, as at set-up.'),
    invitedFrom: z.string().nullable().describe('The organization above on whose behalf, by name; null: its own.'),
    lastSeenAt: z.iso.datetime().nullable().describe('Of their latest session; null: they are signed in nowhere.'),
  })
  .meta({ id: 'Member' })

/** What paths of one member name. */
export const MemberPath = z.strictObject({ userId: z.string().describe("The user's id.") })

export const memberJson =
  (organizationId: string) =>
  (view: MemberView): z.infer<typeof MemberJson> => ({
    userId: view.id,
    organizationId,
    name: view.name,
    email: view.email,
    role: view.role,
    resources: resourcesJson(view.devices),
    since: view.since.toISOString(),
    invitedBy: view.invitedBy,
    invitedFrom: view.invitedFrom,
    lastSeenAt: view.lastSeenAt?.toISOString() ?? null,
  })
