import { z } from 'zod'

const Change = z.object({ field: z.string(), from: z.string(), to: z.string() })

/** What an audit event says beyond its action. Never a secret. */
const AuditDetails = z.object({
  reason: z.string().optional(),
  changes: z.array(Change).optional(),
  again: z.boolean().optional(),
})
export type AuditDetails = z.infer<typeof AuditDetails>

/** The details of a stored event in words, one sentence or fact each; what an older version wrote otherwise is left out. */
export function describeDetails(stored: unknown): string[] {
  const details = AuditDetails.safeParse(stored)
  if (!details.success) return []
  const { reason, changes = [], again } = details.data
  return [
    ...changes.map((change) => `${change.field}: ${change.from} → ${change.to}`),
    ...(again === true ? ['Opened again with the same key'] : []),
    ...(reason === undefined || reason === '' ? [] : [`Reason: ${reason}`]),
  ]
}
