import { type AuditLogPlace, type AuditLogQuery, countAuditLog, listAuditLog } from '#db/queries/audit-log'
import { OPENINGS } from '#lib/audit/choices'
import { presentEvent } from '#lib/audit/present'
import { auditLogQuery, requireAudit } from '#lib/audit/query'
import type { AuditSearch } from '#lib/audit/search'
import type { AuditPage, Counted } from '#lib/audit/view'
import type { Context } from '#lib/context'
import type { Organization } from '#lib/organizations/load'

export const EVENTS_A_PAGE = 25
const COUNTED = 1000
const WEEK = 7 * 86_400_000

/**
 * One page of what was done in an organization and below, newest first, by the state of the URL. However much there is,
 * it asks the same few questions of the database and counts no further than 1,000.
 * @throws DomainError `not_found`
 */
export async function listAuditEvents(
  ctx: Context,
  organization: Organization,
  search: AuditSearch,
): Promise<AuditPage> {
  requireAudit(ctx, organization)
  const query = await auditLogQuery(ctx, organization, search)
  const place = placeOf(search)
  const backwards = place.from === 'before' || place.from === 'end'
  const [found, total, openings] = await Promise.all([
    listAuditLog(ctx.db, query, place, EVENTS_A_PAGE + 1),
    count(ctx, query),
    countOpenings(ctx, query),
  ])
  // One more than is shown tells whether there are further ones that way.
  const further = found.length > EVENTS_A_PAGE
  const rows = backwards ? found.slice(-EVENTS_A_PAGE) : found.slice(0, EVENTS_A_PAGE)
  return {
    events: rows.map(presentEvent),
    total,
    first: await positionOf(ctx, query, { place, total, rows }),
    // Nothing ever leaves the trail: the event that a page stands beside is still there.
    hasPrevious: backwards ? further : place.from === 'after',
    hasNext: backwards ? place.from === 'before' : further,
    openings,
  }
}

function placeOf({ after, before, at }: AuditSearch): AuditLogPlace {
  if (after !== null) return { from: 'after', id: BigInt(after) }
  if (before !== null) return { from: 'before', id: BigInt(before) }
  return { from: at === 'end' ? 'end' : 'start' }
}

async function count({ db }: Context, query: AuditLogQuery): Promise<Counted> {
  const found = await countAuditLog(db, query, { most: COUNTED + 1 })
  return { count: Math.min(found, COUNTED), more: found > COUNTED }
}

async function positionOf(
  { db }: Context,
  query: AuditLogQuery,
  { place, total, rows }: { place: AuditLogPlace; total: Counted; rows: Awaited<ReturnType<typeof listAuditLog>> },
): Promise<number | null> {
  const [first] = rows
  if (first === undefined) return 0
  // At either end of the log it is known without counting.
  if (place.from === 'start') return 1
  if (place.from === 'end') return total.more ? null : total.count - rows.length + 1
  const before = await countAuditLog(db, query, { most: COUNTED + 1, before: first.event.id })
  return before > COUNTED ? null : before + 1
}

async function countOpenings(ctx: Context, { of }: AuditLogQuery): Promise<AuditPage['openings']> {
  const from = new Date(ctx.clock().getTime() - WEEK)
  const query = { of, actions: OPENINGS, actor: null, about: null, search: '', from, until: null }
  const [counted, [latest]] = await Promise.all([count(ctx, query), listAuditLog(ctx.db, query, { from: 'start' }, 1)])
  return { ...counted, latest: latest === undefined ? null : { actor: latest.event.actorName, at: latest.event.at } }
}
