import type { Transaction } from '#db/client'
import { insertOrganization, type NewOrganization } from '#db/queries/organizations'
import { type AuditActor, recordAudit } from '#lib/audit/record'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { endOfLife, usualLifetimeDays } from '#lib/policies/lifetime'
import { DEFAULT_SCOPES } from '#lib/scopes/effective'
import { addToken } from '#lib/tokens/create'

/**
 * Writes an organization with its `Default` token, not revealed yet. It checks nothing: neither who asks, nor tier and
 * policies against the parent's.
 */
export async function addOrganization(
  tx: Transaction,
  actor: AuditActor,
  row: NewOrganization & { readonly createdAt: Date },
): Promise<Organization> {
  const { id } = await insertOrganization(tx, row)
  const organization = await loadOrganization(tx, id)
  if (organization === null) throw new Error('an organization just made is gone')
  await recordAudit(tx, actor, {
    at: row.createdAt,
    action: 'organization.created',
    organizationId: id,
    target: { type: 'organization', id, name: row.name },
  })
  const lifetimeDays = usualLifetimeDays(organization.policies)
  await addToken(tx, actor, {
    kind: 'organization',
    organization,
    handedOverById: row.parentId ?? null,
    name: 'Default',
    scopes: DEFAULT_SCOPES,
    lifetime: { lifetimeDays, expiresAt: endOfLife(row.createdAt, lifetimeDays) },
    now: row.createdAt,
  })
  return organization
}
