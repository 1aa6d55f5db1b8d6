import { findReportPart } from '#db/queries/reports'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import type { ReportIdInput } from '#lib/reports/schema'
import { seeReport } from '#lib/reports/see'
import { localDay } from '#lib/usage/period'

/** A report's file: its headers, and its bytes a piece at a time, each read when it is asked for. */
export type ReportFileDownload = {
  readonly headers: Readonly<Record<string, string>>
  readonly pieces: AsyncGenerator<Uint8Array>
}

const TYPES = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8' } as const

/**
 * The file of a report that is done, of the organization with that slug.
 * @throws DomainError `not_found` too where it is not done
 */
export async function downloadReport(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  { reportId, slug }: ReportIdInput & { readonly slug: string },
): Promise<ReportFileDownload> {
  const { report, organization } = await seeReport(db, actor, reportId)
  if (organization.slug !== slug || report.state !== 'done' || report.bytes === null) throw notFound()
  const name = reportFileName({ ...report, slug, from: report.since, to: report.until })
  return {
    headers: { ...fileHeaders(report.format, name), 'content-length': String(report.bytes) },
    pieces: piecesOf(db, reportId),
  }
}

async function* piecesOf(db: Context['db'], reportId: string): AsyncGenerator<Uint8Array> {
  for (let nth = 0; ; nth++) {
    const piece = await findReportPart(db, reportId, nth)
    if (piece === null) return
    yield piece
  }
}

/** How a file is sent that is saved under that name, of letters, digits, dots and hyphens alone; no cache keeps it. */
export const fileHeaders = (format: keyof typeof TYPES, fileName: string) => ({
  'content-type': TYPES[format],
  'content-disposition': `attachment; filename="${fileName.replace(/[^A-Za-z0-9.-]/g, '-')}"`,
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
})

/** "alder-usage-2026-11-01-to-2026-11-21.pdf": the first and the last day. */
export function reportFileName(report: {
  readonly slug: string
  readonly from: Date
  readonly to: Date
  readonly timeZone: string
  readonly format: keyof typeof TYPES
}): string {
  const { slug, from, to, timeZone, format } = report
  const last = localDay(new Date(to.getTime() - 1), timeZone)
  return `${slug}-usage-${localDay(from, timeZone)}-to-${last}.${format}`
}
