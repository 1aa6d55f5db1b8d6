import { z } from 'zod'
import type { DeviceView } from '#lib/devices/view'

/** A device as the HTTP API tells of it. */
export const DeviceJson = z
  .strictObject({
    deviceId: z.string().describe("As the platform's services know it; `device:<id>` wherever something is narrowed."),
    organizationId: z.string(),
    name: z.string(),
    createdAt: z.iso.datetime(),
    tokens: z.number().describe('How many tokens are narrowed to it, among others or alone.'),
    members: z.number().describe('The same of members.'),
    apiUsers: z.number().describe('The same of API users.'),
  })
  .meta({ id: 'Device' })

/** What paths of one device name. */
export const DevicePath = z.strictObject({ deviceId: z.string().describe("The device's id.") })

export const deviceJson =
  (organizationId: string) =>
  ({ id, createdAt, name, tokens, members, apiUsers }: DeviceView): z.infer<typeof DeviceJson> => ({
    deviceId: id,
    organizationId,
    name,
    createdAt: createdAt.toISOString(),
    tokens,
    members,
    apiUsers,
  })
