import { z } from 'zod'
import { MOST_DAYS } from '#lib/policies/choices'

const WHOLE_DAYS = `Enter whole days, from 1 to ${MOST_DAYS}.`

/** Only what is to change is present: two people who set different policies do not undo each other's work. */
export const SetPoliciesInput = z.strictObject({
  organizationId: z.uuid(),
  revealPolicy: z.enum(['anytime', 'once']).optional(),
  deletePolicy: z.enum(['any', 'revoked-only']).optional(),
  longestLifetimeDays: z.int(WHOLE_DAYS).min(1, WHOLE_DAYS).max(MOST_DAYS, WHOLE_DAYS).nullable().optional(),
  neverExpiringAllowed: z.boolean().optional(),
})
export type SetPoliciesInput = z.infer<typeof SetPoliciesInput>
