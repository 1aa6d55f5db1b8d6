import type { Database } from '#db/client'
import { listRolesAt } from '#db/queries/members'
import { beginReport, findReport, finishReport, insertReportPart, type Making, tellProgress } from '#db/queries/reports'
import { can } from '#lib/authorization'
import type { Clock } from '#lib/clock'
import { loadOrganization } from '#lib/organizations/load'
import type { ReportOrder } from '#lib/reports/order'
import type { Renderer } from '#lib/reports/renderer'
import { hasExtended } from '#lib/usage/see'

const PART_BYTES = 256 * 1024
// How soon a rendering hears that it was cancelled.
const TELL_MS = 500

type At = {
  readonly db: Database
  readonly clock: Clock
  readonly renderer: Pick<Renderer, 'open'>
  readonly signal: AbortSignal
}

/** It was cancelled, or another makes it. */
class NotOurs extends Error {}

/**
 * Makes a report that was asked for, with the rights that whoever asked has when it begins; it waits for a place. What
 * there was of its file is made anew. It ends as done or failed; where the signal ends it, it is as if it never began.
 * Gives what failed once the report says so, else null.
 * @throws what kept it from saying how it ended, as a database that is away: it is to be made again
 */
export async function runReport(at: At, reportId: string): Promise<{ readonly failed: unknown } | null> {
  const { db, clock, renderer, signal } = at
  const order = await orderOf(db, reportId)
  if (order === null) return null
  const making = { id: reportId, startedAt: clock() }
  if (order === 'no rights') {
    await db.transaction((tx) => beginReport(tx, making))
    await finishReport(db, making, { bytes: null, now: clock() })
    return null
  }
  const rendering = await renderer.open(order, { signal })
  try {
    if (!(await db.transaction((tx) => beginReport(tx, making)))) return null
    const file = openParts(db, making)
    await rendering.render(({ bytes, progress }) => file.add(bytes, progress))
    await finishReport(db, making, { bytes: await file.end(), now: clock() })
    return null
  } catch (error) {
    if (error instanceof NotOurs || signal.aborted) return null
    await finishReport(db, making, { bytes: null, now: clock() })
    return { failed: error }
  } finally {
    rendering.leave()
  }
}

/** Gathers a file into parts of some size; tells how far it is, and hears whether it is wanted. */
function openParts(db: Database, making: Making) {
  let held: Uint8Array[] = []
  let size = 0
  let nth = 0
  let whole = 0
  let toldAt = performance.now()

  async function write(progress: number): Promise<void> {
    const bytes = Buffer.concat(held)
    await db.transaction(async (tx) => {
      if (!(await tellProgress(tx, making, progress))) throw new NotOurs()
      if (bytes.length > 0) await insertReportPart(tx, making.id, nth, bytes)
    })
    nth += 1
    whole += bytes.length
    held = []
    size = 0
  }

  return {
    async add(bytes: Uint8Array, progress: number): Promise<void> {
      held.push(bytes)
      size += bytes.length
      const isDue = performance.now() - toldAt >= TELL_MS
      if (size >= PART_BYTES) await write(progress)
      else if (isDue && !(await tellProgress(db, making, progress))) throw new NotOurs()
      if (isDue) toldAt = performance.now()
    },
    /** Writes what is left. Gives the size of the whole. */
    async end(): Promise<number> {
      await write(100)
      return whole
    },
  }
}

/** What is to be rendered; null where the report is gone or finished, and what whoever asked may no longer see. */
async function orderOf(db: Database, reportId: string): Promise<ReportOrder | 'no rights' | null> {
  const report = await findReport(db, reportId)
  if (report === null || (report.state !== 'waiting' && report.state !== 'running')) return null
  const organization = await loadOrganization(db, report.organizationId)
  if (organization === null) return null
  const { requestedBy: userId, requester: email } = report
  const memberships = await listRolesAt(db, userId, organization.path)
  const actor = { userId, email, memberships, ip: null, userAgent: null, confirmedAt: null }
  if (!can(actor, 'tokens.see', organization)) return 'no rights'
  return {
    format: report.format,
    organization: { id: organization.id, name: organization.name },
    from: report.since,
    to: report.until,
    timeZone: report.timeZone,
    actor,
    asked: { at: report.createdAt, by: report.requester },
    extended: hasExtended(organization),
  }
}
