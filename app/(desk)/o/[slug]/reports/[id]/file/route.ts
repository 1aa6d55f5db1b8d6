import { findActor } from '#lib/actor'
import { streamOf } from '#lib/csv'
import { DomainError, notFound } from '#lib/errors'
import { downloadReport } from '#lib/reports/download'
import { ReportIdInput } from '#lib/reports/schema'

/** The file of a report that is done. */
export async function GET(_request: Request, { params }: RouteContext<'/o/[slug]/reports/[id]/file'>) {
  const ctx = await findActor()
  const refused = (status: number) => new Response(null, { status, headers: { 'cache-control': 'private, no-store' } })
  if (ctx === null) return refused(401)
  try {
    const { slug, id } = await params
    const input = ReportIdInput.safeParse({ reportId: id })
    if (!input.success) throw notFound()
    const { headers, pieces } = await downloadReport(ctx, { ...input.data, slug })
    return new Response(streamOf(pieces), { headers })
  } catch (error) {
    if (error instanceof DomainError) return refused(error.status)
    throw error
  }
}
