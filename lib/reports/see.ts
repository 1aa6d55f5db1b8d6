import type { Queryable } from '#db/client'
import { findReport } from '#db/queries/reports'
import { type Actor, can } from '#lib/authorization'
import { notFound } from '#lib/errors'
import { loadOrganization, type Organization } from '#lib/organizations/load'

type Report = NonNullable<Awaited<ReturnType<typeof findReport>>>

/**
 * A report with its organization, for an actor who sees the tokens there.
 * @throws DomainError `not_found`
 */
export async function seeReport(
  db: Queryable,
  actor: Actor,
  reportId: string,
): Promise<{ report: Report; organization: Organization }> {
  const report = await findReport(db, reportId)
  const organization = report && (await loadOrganization(db, report.organizationId))
  if (report === null || organization === null || !can(actor, 'tokens.see', organization)) throw notFound()
  return { report, organization }
}

/** Whoever asked for a report may cancel it, and those who manage the tokens that it tells of. */
export const mayCancel = (actor: Actor, requestedBy: string, organization: Organization): boolean =>
  requestedBy === actor.userId || can(actor, 'tokens.manage', organization)
