import { z } from 'zod'
import { DeviceChoice } from '#lib/devices/schema'

/** Only what is to change is present. */
export const ChangeMemberInput = z.strictObject({
  organizationId: z.uuid(),
  userId: z.uuid(),
  role: z.enum(['admin', 'member', 'viewer']).optional(),
  devices: DeviceChoice.optional(),
})
export type ChangeMemberInput = z.input<typeof ChangeMemberInput>

export const RemoveMemberInput = z.strictObject({ organizationId: z.uuid(), userId: z.uuid() })
export type RemoveMemberInput = z.infer<typeof RemoveMemberInput>
