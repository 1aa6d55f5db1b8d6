import { z } from 'zod'
import type { Reach } from '#lib/verification/decide'
import type { Presented } from '#lib/verification/presented'

/** What holds in one organization; none of it says anything of another. */
const there = {
  scope: z.string().describe('Its scopes there, separated by spaces (RFC 6749, section 3.3); empty: none.'),
  // A token narrowed to nothing is active for no resource.
  resources: z
    .array(z.string())
    .describe("What it is narrowed to there, by itself, its API user or its owner's membership; empty: it is not."),
  tier: z.string().nullable().describe('Name of the effective tier; null: the platform, which has none.'),
}

const token = {
  active: z.literal(true),
  tokenId: z.string(),
  kind: z.enum(['personal', 'organization', 'service']),
  name: z.string(),
  subject: z.string().describe('The id of the user, organization or API user that it stands for.'),
  expiresAt: z.iso.datetime().nullable().describe('null: never.'),
  issuedAt: z.iso.datetime().describe('When the secret presented was minted.'),
}

/** What its holder may know besides. */
const own = {
  ...there,
  narrowed: z.boolean().describe('Whether it is narrowed there; to nothing where `resources` is empty then.'),
}

const named = { id: z.string(), slug: z.string(), name: z.string() }

/** What `POST /api/v1/verify` tells of an active token: `organizationId` is where it counts. */
export const ActiveAnswer = z.strictObject({
  ...token,
  organizationId: z.string().describe('Where it counts.'),
  ...there,
})
export type ActiveAnswer = z.infer<typeof ActiveAnswer>

const Membership = z.strictObject({ ...named, role: z.enum(['admin', 'member', 'viewer']), ...own })

const Personal = z.strictObject({ ...token, kind: z.literal('personal'), organizations: z.array(Membership).min(1) })

/**
 * What `GET /api/v1/me` tells. A personal token tells of every organization that it works in; what holds in one of them
 * stands above them only where it is the only one, and is absent, rather than one of several or null, where it is not.
 */
export const MeAnswer = z.union([
  ActiveAnswer.extend({ kind: z.enum(['organization', 'service']), ...own, organization: z.strictObject(named) }),
  Personal.extend({ organizationId: z.string(), ...own, organization: z.strictObject(named) }),
  Personal,
])
export type MeAnswer = z.infer<typeof MeAnswer>

/** What an active token is, wherever it counts. */
export const describeToken = ({ known, facts, secret }: Presented) => ({
  active: true as const,
  tokenId: facts.id,
  kind: facts.kind,
  name: facts.name,
  subject: facts.subject,
  expiresAt: known.expiresAt,
  issuedAt: secret.mintedAt,
})

/** What it may do where it counts. */
export const describeReach = ({ place, scopes, resources }: Reach) => ({
  scope: scopes.join(' '),
  resources: [...(resources ?? [])],
  tier: place.tier,
})

/** What its holder may know besides. */
export const describeNarrowing = ({ resources }: Reach) => ({ narrowed: resources !== null })

/** An active token as verification tells it. */
export const activeAnswer = (presented: Presented, reach: Reach): ActiveAnswer => {
  const { active, tokenId, kind, name, subject, expiresAt, issuedAt } = describeToken(presented)
  return {
    active,
    tokenId,
    kind,
    name,
    organizationId: reach.place.id,
    subject,
    ...describeReach(reach),
    expiresAt,
    issuedAt,
  }
}
