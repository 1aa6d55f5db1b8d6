import type { Context } from '#lib/context'
import type { OwnOrganization } from '#lib/organizations/view'
import { seePolicies } from '#lib/policies/hold'

/**
 * What of an organization its admins may edit.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function ownOrganization(ctx: Context, organizationId: string): Promise<OwnOrganization> {
  const { organization, lineage } = await seePolicies(ctx.db, ctx, organizationId, 'organization.edit')
  const { id, slug, name } = organization
  return { id, slug, name, contact: lineage.at(-1)?.contact ?? null }
}
