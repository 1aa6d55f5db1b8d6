import { z } from 'zod'
import { displayName } from '#lib/names'

const whole = (least: number, most: number) => {
  const message = `Enter a whole number from ${least} to ${most}.`
  return z.int(message).min(least, message).max(most, message)
}

const fields = {
  name: displayName,
  /** The lower, the less it allows. */
  rank: whole(1, 1000),
  tokenLimit: whole(0, 100_000),
  atLimit: z.enum(['refuse', 'replace']),
  metrics: z.enum(['basic', 'extended']),
}

export const CreateTierInput = z.strictObject(fields)
export type CreateTierInput = z.input<typeof CreateTierInput>

/** The tier as it is to be. */
export const EditTierInput = z.strictObject({ tierId: z.uuid(), ...fields })
export type EditTierInput = z.input<typeof EditTierInput>

export const TierIdInput = z.strictObject({ tierId: z.uuid() })
export type TierIdInput = z.infer<typeof TierIdInput>
