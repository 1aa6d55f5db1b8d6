import { and, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { reportParts, reports } from '#db/schema/reports'
import { users } from '#db/schema/users'

type NewReport = Pick<
  typeof reports.$inferInsert,
  'organizationId' | 'requestedBy' | 'format' | 'since' | 'until' | 'timeZone' | 'createdAt'
>

const UNFINISHED = ['waiting', 'running'] as const

/** Adds a report that waits. */
export async function insertReport(tx: Transaction, report: NewReport): Promise<string> {
  const [row] = await tx.insert(reports).values(report).returning({ id: reports.id })
  if (row === undefined) throw new Error('nothing was inserted')
  return row.id
}

/** How many reports of an organization wait or are made. Leans on the first column of reports_by_created. */
export async function countUnfinishedReports(tx: Transaction, organizationId: string): Promise<number> {
  const unfinished = and(eq(reports.organizationId, organizationId), inArray(reports.state, UNFINISHED))
  return tx.$count(reports, unfinished)
}

const COLUMNS = {
  id: reports.id,
  requestedBy: reports.requestedBy,
  requester: users.email,
  format: reports.format,
  since: reports.since,
  until: reports.until,
  timeZone: reports.timeZone,
  state: reports.state,
  progress: reports.progress,
  bytes: reports.bytes,
  createdAt: reports.createdAt,
}

/** An organization's reports since then, the latest first, at most so many. Leans on reports_by_created. */
export const listReports = (db: Queryable, organizationId: string, since: Date, limit: number) =>
  db
    .select(COLUMNS)
    .from(reports)
    .innerJoin(users, eq(users.id, reports.requestedBy))
    .where(and(eq(reports.organizationId, organizationId), gte(reports.createdAt, since)))
    .orderBy(desc(reports.createdAt), desc(reports.id))
    .limit(limit)

export type ReportRow = Awaited<ReturnType<typeof listReports>>[number]

/** A report; null where there is none. Leans on the primary key. */
export async function findReport(db: Queryable, id: string): Promise<(ReportRow & { organizationId: string }) | null> {
  const [row] = await db
    .select({ ...COLUMNS, organizationId: reports.organizationId })
    .from(reports)
    .innerJoin(users, eq(users.id, reports.requestedBy))
    .where(eq(reports.id, id))
  return row ?? null
}

/** The reports that wait or are made, as far as anybody knows, the oldest first. */
export const listUnfinishedReports = (db: Queryable) =>
  db.select({ id: reports.id }).from(reports).where(inArray(reports.state, UNFINISHED)).orderBy(reports.createdAt)

/** Cancels a report that is not finished, and lets go of what there is of its file; false where it is finished. */
export async function cancelReport(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const rows = await tx
    .update(reports)
    .set({ state: 'cancelled', finishedAt: now })
    .where(and(eq(reports.id, id), inArray(reports.state, UNFINISHED)))
    .returning({ id: reports.id })
  await tx.delete(reportParts).where(and(eq(reportParts.reportId, id), sql`${rows.length} > 0`))
  return rows.length > 0
}

/** One who makes a report: whoever begins later takes it over, so that none is made by two. */
export type Making = { readonly id: string; readonly startedAt: Date }

const made = ({ id, startedAt }: Making) =>
  and(eq(reports.id, id), eq(reports.state, 'running'), eq(reports.startedAt, startedAt))

/** Begins a report anew that is not finished; false where it is. */
export async function beginReport(tx: Transaction, { id, startedAt }: Making): Promise<boolean> {
  const rows = await tx
    .update(reports)
    .set({ state: 'running', startedAt, progress: 0 })
    .where(and(eq(reports.id, id), inArray(reports.state, UNFINISHED)))
    .returning({ id: reports.id })
  await tx.delete(reportParts).where(and(eq(reportParts.reportId, id), sql`${rows.length} > 0`))
  return rows.length > 0
}

/** Tells how far it is; false where it was cancelled, or taken over by another. It holds the report. */
export async function tellProgress(tx: Queryable, making: Making, progress: number): Promise<boolean> {
  const rows = await tx.update(reports).set({ progress }).where(made(making)).returning({ id: reports.id })
  return rows.length > 0
}

/** Adds a piece of the file; the report is held. */
export async function insertReportPart(tx: Transaction, id: string, nth: number, bytes: Uint8Array): Promise<void> {
  await tx.insert(reportParts).values({ reportId: id, nth, bytes })
}

/** Ends it as done, with the size of its file, or as failed; false where it was cancelled, or taken over by another. */
export async function finishReport(
  db: Queryable,
  making: Making,
  { bytes, now }: { readonly bytes: number | null; readonly now: Date },
): Promise<boolean> {
  const ended = bytes === null ? { state: 'failed' as const } : { state: 'done' as const, progress: 100, bytes }
  const rows = await db
    .update(reports)
    .set({ ...ended, finishedAt: now })
    .where(made(making))
    .returning({ id: reports.id })
  return rows.length > 0
}

/** A piece of a report's file, from 0; null: there are no more. Leans on the primary key. */
export async function findReportPart(db: Queryable, reportId: string, nth: number): Promise<Uint8Array | null> {
  const [row] = await db
    .select({ bytes: reportParts.bytes })
    .from(reportParts)
    .where(and(eq(reportParts.reportId, reportId), eq(reportParts.nth, nth)))
  return row?.bytes ?? null
}

/** Removes the reports that were asked for before then, with their files. */
export async function deleteReportsBefore(db: Queryable, before: Date): Promise<void> {
  await db.delete(reports).where(lt(reports.createdAt, before))
}
