import { z } from 'zod'
import { displayName } from '#lib/names'

/** As the platform's services know a device. */
export const DeviceId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'Use 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.',
  )

/** Devices that something is narrowed to; null: it is not narrowed. Each once, in order. */
export const DeviceChoice = z
  .array(DeviceId)
  .max(500, 'Choose at most 500 devices.')
  .transform((ids) => [...new Set(ids)].sort())
  .nullable()

export const DeviceInput = z.strictObject({ organizationId: z.uuid(), deviceId: DeviceId, name: displayName })
export type DeviceInput = z.input<typeof DeviceInput>

export const DeviceIdInput = z.strictObject({ organizationId: z.uuid(), deviceId: DeviceId })
export type DeviceIdInput = z.infer<typeof DeviceIdInput>
