import { z } from 'zod'

const Change = z.object({ field: z.string(), from: z.string(), to: z.string() })

/** What an audit event says beyond its action. Never a secret. */
const AuditDetails = z.object({
  reason: z.string().optional(),
  /** Of a personal token that another than its owner revoked: the owner's e-mail address. */
  owner: z.string().optional(),
  /** Of a token revoked: it leaked, and can't be restored. */
  leaked: z.boolean().optional(),
  /** The name of the provider that somebody signed in through, or whose login was linked or unlinked. */
  way: z.string().optional(),
  /** The id of the token that did it, through the HTTP API. */
  byToken: z.string().optional(),
  changes: z.array(Change).optional(),
  again: z.boolean().optional(),
  /** As what somebody was invited or joined. */
  role: z.string().optional(),
  /** Of a rotation: how long the old secret works on after the reveal of the new one. */
  overlapSeconds: z.number().optional(),
  /** Of a report: of when, and in which format. */
  period: z.string().optional(),
  format: z.string().optional(),
  /** How many of what it concerned. */
  counts: z.array(z.object({ of: z.string(), count: z.number() })).optional(),
  /** Of reveal tightened to `once`: how many sealed secrets were destroyed. */
  destroyedSealed: z.number().optional(),
  /** Of a token deleted at the limit: the name of the one that took its place. */
  replacedBy: z.string().optional(),
  /** Of a scope removed: how many tokens lost it. */
  tokensLosing: z.number().optional(),
})
export type AuditDetails = z.infer<typeof AuditDetails>

/**
 * The details of a stored event in words, one sentence or fact each; what an older version wrote otherwise is left out.
 * Without names, what the thing was called before and after is left out too.
 */
export function describeDetails(stored: unknown, { withNames = true } = {}): string[] {
  const details = AuditDetails.safeParse(stored)
  if (!details.success) return []
  const {
    reason,
    owner,
    leaked,
    way,
    changes = [],
    counts = [],
    again,
    role,
    period,
    format,
    overlapSeconds,
    destroyedSealed,
    replacedBy,
    tokensLosing,
    byToken,
  } = details.data
  return [
    ...changes
      .filter(({ field }) => withNames || field !== 'Name')
      .map((change) => `${change.field}: ${change.from} → ${change.to}`),
    ...counts.map(({ of, count }) => `${of}: ${count}`),
    ...(again === true ? ['Opened again with the same key'] : []),
    ...(way === undefined ? [] : [`Through ${way}`]),
    ...(period === undefined ? [] : [`Period: ${period}`]),
    ...(format === undefined ? [] : [`Format: ${format.toUpperCase()}`]),
    ...(role === undefined ? [] : [`As ${role}`]),
    ...(overlapSeconds === undefined ? [] : [overlapWords(overlapSeconds)]),
    ...(destroyedSealed === undefined ? [] : [`Sealed secrets destroyed: ${destroyedSealed}`]),
    ...(replacedBy === undefined ? [] : [`Replaced by ${replacedBy}`]),
    ...(tokensLosing === undefined ? [] : [`Tokens that lost it: ${tokensLosing}`]),
    ...(owner === undefined ? [] : [`Owner: ${owner}`]),
    ...(leaked === true ? ["It leaked, so it can't be restored"] : []),
    ...(reason === undefined || reason === '' ? [] : [`Reason: ${reason}`]),
    ...(byToken === undefined ? [] : [`Through the API, with token ${byToken}`]),
  ]
}

const OVERLAPS: Readonly<Record<number, string>> = { 3600: '1 hour', 86400: '24 hours', 604800: '7 days' }

const overlapWords = (seconds: number) =>
  seconds === 0
    ? 'The old secret stops at the reveal of the new one'
    : `The old secret works for ${OVERLAPS[seconds] ?? `${seconds} seconds`} after the reveal of the new one`
