import { z } from 'zod'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { loadOrganization, loadOrganizationBySlug, type Organization } from '#lib/organizations/load'

const UUID = z.uuid()

/** The organization that is acted on, as operations take it. */
export const OrganizationReference = z
  .string('Give a string.')
  .min(1, 'Name a slug or an id.')
  .max(100, 'Use at most 100 characters.')
  .optional()
  .describe(
    "The organization's slug or id. Absent: the calling token's own; for a personal token, its owner's only membership.",
  )

/** The query of what is found by an id within an organization. */
export const IN_ORGANIZATION = z.strictObject({ organization: OrganizationReference })

/**
 * The organization that a request is about, by slug or id; `reference` absent: the calling token's own.
 * @throws DomainError `organization_required` where the owner of a personal token has several, `not_found` alike for
 * what is not there and what the caller may not see
 */
export async function resolveOrganization(
  { db, actor }: Pick<AnyContext, 'db' | 'actor'>,
  reference: string | undefined,
): Promise<Organization> {
  const id = reference === undefined ? ownOrganization(actor) : reference.toLowerCase()
  const organization = await (UUID.safeParse(id).success ? loadOrganization : loadOrganizationBySlug)(db, id)
  if (organization === null || !can(actor, 'tokens.see', organization)) throw notFound()
  return organization
}

function ownOrganization({ memberships: [first, ...others] }: AnyContext['actor']): string {
  if (first !== undefined && others.length === 0) return first.organizationId
  const message = 'The owner of this token is a member of several organizations: say which.'
  throw new DomainError('organization_required', message, { organization: message })
}
