import { type AuditLogPlace, type AuditLogQuery, countAuditLog, listAuditLog } from '#db/queries/audit-log'
import { presentEvent } from '#lib/audit/present'
import { auditLogQuery, requireAudit } from '#lib/audit/query'
import { recordAudit } from '#lib/audit/record'
import type { AuditSearch } from '#lib/audit/search'
import type { AuditEventView } from '#lib/audit/view'
import type { Context } from '#lib/context'
import { CSV_MARK, csvLine } from '#lib/csv'
import type { Organization } from '#lib/organizations/load'

// So many events are in memory at once.
const ROWS_AT_ONCE = 1000

const COLUMNS = [
  'Time',
  'Actor',
  'Action',
  'Target type',
  'Target',
  'Target id',
  'Organization',
  'Address',
  'User agent',
  'Details',
]

/**
 * All that matches the filters up to this moment, newest first, as CSV, a thousand lines at a time. That it was taken,
 * and how many events, is in the trail before the first line leaves.
 * @throws DomainError `not_found`, at once
 */
export async function exportAuditEvents(
  ctx: Context,
  organization: Organization,
  search: AuditSearch,
): Promise<AsyncGenerator<string>> {
  requireAudit(ctx, organization)
  const now = ctx.clock()
  const asked = await auditLogQuery(ctx, organization, search)
  const query = { ...asked, until: asked.until !== null && asked.until < now ? asked.until : now }
  await ctx.db.transaction(async (tx) => {
    const count = await countAuditLog(tx, query, { most: Number.MAX_SAFE_INTEGER })
    const { id, name } = organization
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'audit.exported',
      organizationId: id,
      target: { type: 'organization', id, name },
      details: { counts: [{ of: 'Events', count }] },
    })
  })
  return linesOf(ctx, query)
}

async function* linesOf({ db }: Context, query: AuditLogQuery) {
  yield CSV_MARK + csvLine(COLUMNS)
  let place: AuditLogPlace = { from: 'start' }
  for (;;) {
    const rows = await listAuditLog(db, query, place, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => csvLine(cellsOf(presentEvent(row)))).join('')
    place = { from: 'after', id: last.event.id }
  }
}

const cellsOf = ({ at, actor, action, target, organization, ip, userAgent, details }: AuditEventView) => [
  at,
  actor,
  action,
  target.type,
  target.name,
  target.id,
  organization?.name ?? null,
  ip,
  userAgent,
  details.join('; '),
]
