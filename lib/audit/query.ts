import { type AuditLogQuery, findSubtreeIds } from '#db/queries/audit-log'
import { actionsOf } from '#lib/audit/choices'
import { type AuditPeriod, type AuditSearch, parseAbout } from '#lib/audit/search'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'

const DAY = 86_400_000
const LENGTHS: Readonly<Record<AuditPeriod, number>> = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY, '90d': 90 * DAY }

// A token is also found by what is shown of it masked.
const MASKED = /_(?:pat|org|svc)_([0-9A-Za-z]{16})(?:_|$)/

/**
 * Refuses whoever may not read the trail there: only admins of the organization and of those above it may, and to
 * everybody else there is none.
 * @throws DomainError `not_found`
 */
export function requireAudit({ actor }: Pick<Context, 'actor'>, organization: Organization): void {
  if (!can(actor, 'audit.read', organization)) throw notFound()
}

/** What the state of the URL asks for of an organization's trail, at this moment. It does not ask whether the actor may read it. */
export async function auditLogQuery(
  ctx: Context,
  organization: Organization,
  search: AuditSearch,
): Promise<AuditLogQuery> {
  const { q, show, actor, about, period, from, to } = search
  const since = period === null ? null : new Date(ctx.clock().getTime() - LENGTHS[period])
  const between = from !== null || to !== null
  return {
    of: await placesOf(ctx, organization, search),
    actions: show === null ? null : actionsOf(show),
    actor,
    about: about === null ? null : parseAbout(about),
    search: MASKED.exec(q)?.[1] ?? q,
    from: between ? from : since,
    until: to,
  }
}

// What concerns a person and no organization is the platform's to read.
async function placesOf(
  { db }: Context,
  { id, kind }: Organization,
  { below }: AuditSearch,
): Promise<AuditLogQuery['of']> {
  const all = below === 'all'
  if (kind === 'platform') return all ? null : { organizationIds: [id], none: true }
  const organizationIds = all && kind === 'reseller' ? await findSubtreeIds(db, id) : [id]
  return { organizationIds, none: false }
}
