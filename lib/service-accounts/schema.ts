import { z } from 'zod'
import { DeviceChoice } from '#lib/devices/schema'
import { displayName } from '#lib/names'
import { Scopes } from '#lib/scopes/schema'

const role = z.enum(['admin', 'member', 'viewer'])

export const CreateApiUserInput = z.strictObject({
  organizationId: z.uuid(),
  name: displayName,
  role,
  scopes: Scopes,
  /** null: not narrowed. */
  devices: DeviceChoice,
})
export type CreateApiUserInput = z.input<typeof CreateApiUserInput>

/** Only what is to change is present. */
export const EditApiUserInput = z.strictObject({
  organizationId: z.uuid(),
  apiUserId: z.uuid(),
  name: displayName.optional(),
  role: role.optional(),
  scopes: Scopes.optional(),
  devices: DeviceChoice.optional(),
})
export type EditApiUserInput = z.input<typeof EditApiUserInput>

/** Disabling and enabling name the API user and nothing else. */
export const ApiUserIdInput = z.strictObject({ organizationId: z.uuid(), apiUserId: z.uuid() })
export type ApiUserIdInput = z.infer<typeof ApiUserIdInput>
