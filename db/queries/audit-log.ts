import { and, asc, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client'
import { auditEvents } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import { tokens } from '#db/schema/tokens'

/** Which events are asked for; null and an empty search leave nothing out. */
export type AuditLogQuery = {
  /** null: of every organization and of none. `none` adds what concerns a person and no organization. */
  readonly of: { readonly organizationIds: readonly string[]; readonly none: boolean } | null
  readonly actions: readonly string[] | null
  /** The actor as they were called then. */
  readonly actor: string | null
  readonly about: { readonly type: string; readonly id: string; readonly organizationId: string | null } | null
  /** Looked for in names of actors and targets, and as the id of a token; never in the name of a personal token. */
  readonly search: string
  readonly from: Date | null
  /** Exclusive. */
  readonly until: Date | null
}

/** Where a page begins: after or before the event of an id, or at the oldest. */
export type AuditLogPlace =
  | { readonly from: 'start' | 'end' }
  | { readonly from: 'after' | 'before'; readonly id: bigint }

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function found(search: string): SQL | undefined {
  if (search === '') return undefined
  const like = containing(search)
  return sql`(lower(${auditEvents.actorName}) like lower(${like})
    or (${auditEvents.targetType} = 'token' and ${auditEvents.targetId} = ${search})
    or (lower(${auditEvents.targetName}) like lower(${like})
      and not (${auditEvents.targetType} = 'token' and ${auditEvents.organizationId} is null)))`
}

function within(of: AuditLogQuery['of']): SQL | undefined {
  if (of === null) return undefined
  const { organizationIds: ids, none } = of
  const own = sql`${auditEvents.organizationId} = any(${`{${ids.join(',')}}`}::uuid[])`
  return none ? or(own, isNull(auditEvents.organizationId)) : own
}

/** The events that are looked through, under the table's own name. */
function eventsOf(db: Queryable, of: AuditLogQuery['of']) {
  const events = (which: SQL | undefined) => db.select().from(auditEvents).where(which)
  if (of === null) return events(undefined).as('audit_events')
  const { organizationIds: ids, none } = of
  const [only] = ids
  const own =
    only !== undefined && ids.length === 1
      ? // Of one the index gives them in order already; of several it doesn't.
        eq(auditEvents.organizationId, only)
      : within({ organizationIds: ids, none: false })
  if (!none) return events(own).as('audit_events')
  // With "or" they would be sought by time alone: as two, each is read in order from its own part of the index.
  return unionAll(events(own), events(isNull(auditEvents.organizationId))).as('audit_events')
}

const matching = ({ actions, actor, about, search, from, until }: AuditLogQuery) =>
  and(
    actions === null ? undefined : inArray(auditEvents.action, [...actions]),
    actor === null ? undefined : eq(auditEvents.actorName, actor),
    about === null
      ? undefined
      : and(
          eq(auditEvents.targetType, about.type),
          eq(auditEvents.targetId, about.id),
          about.organizationId === null ? undefined : eq(auditEvents.organizationId, about.organizationId),
        ),
    found(search),
    from === null ? undefined : gte(auditEvents.at, from),
    until === null ? undefined : lt(auditEvents.at, until),
  )

// An event of somebody else's is no place to begin at: nothing stands beside it.
const beside = (id: bigint, of: AuditLogQuery['of']) =>
  sql`((select at from audit_events where ${and(eq(auditEvents.id, id), within(of))}), ${id})`

/**
 * So many events, newest first, each with its organization and whether its token is still there. Keyset paging: what
 * comes meanwhile shifts nothing. Leans on the index that narrows most, of audit_events_by_time,
 * audit_events_by_organization, audit_events_by_action, audit_events_by_actor, audit_events_by_target and
 * audit_events_by_words.
 */
export async function listAuditLog(db: Queryable, query: AuditLogQuery, at: AuditLogPlace, size: number) {
  const backwards = at.from === 'before' || at.from === 'end'
  const inOrder = backwards ? asc : desc
  const key = sql`(${auditEvents.at}, ${auditEvents.id})`
  const beyond = 'id' in at ? sql`${key} ${sql.raw(backwards ? '>' : '<')} ${beside(at.id, query.of)}` : undefined
  const page = db
    .select()
    .from(eventsOf(db, query.of))
    .where(and(matching(query), beyond))
    .orderBy(inOrder(auditEvents.at), inOrder(auditEvents.id))
    .limit(size)
    .as('page')
  const rows = await db
    .select({
      event: {
        id: page.id,
        at: page.at,
        action: page.action,
        actorName: page.actorName,
        targetType: page.targetType,
        targetId: page.targetId,
        targetName: page.targetName,
        details: page.details,
        ip: page.ip,
        userAgent: page.userAgent,
      },
      organization: { id: organizations.id, name: organizations.name, slug: organizations.slug },
      tokenId: tokens.id,
    })
    .from(page)
    .leftJoin(organizations, eq(organizations.id, page.organizationId))
    .leftJoin(tokens, and(eq(page.targetType, 'token'), eq(tokens.id, page.targetId), isNull(tokens.deletedAt)))
    .orderBy(inOrder(page.at), inOrder(page.id))
  return backwards ? rows.reverse() : rows
}

export type AuditLogRow = Awaited<ReturnType<typeof listAuditLog>>[number]

/** How many events match, or stand before the one of that id; counted up to `most`. Leans on the same indexes. */
export async function countAuditLog(
  db: Queryable,
  query: AuditLogQuery,
  { most, before }: { readonly most: number; readonly before?: bigint },
): Promise<number> {
  const key = sql`(${auditEvents.at}, ${auditEvents.id})`
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(eventsOf(db, query.of))
    .where(and(matching(query), before === undefined ? undefined : sql`${key} > ${beside(before, query.of)}`))
    .limit(most)
    .as('some')
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(some)
  return row?.count ?? 0
}

/** The ids of an organization and all below it. Leans on organizations_path. */
export async function findSubtreeIds(db: Queryable, organizationId: string): Promise<string[]> {
  const rows = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(sql`${organizations.path} @> array[${organizationId}]::uuid[]`)
  return rows.map(({ id }) => id)
}
