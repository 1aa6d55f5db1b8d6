'use client'

import { Ban, CircleAlert, Download, FileDown, FileText, Sheet } from 'lucide-react'
import { useId } from 'react'
import type { ReportActions } from '#components/reports/report-actions'
import { periodWords, sizeWords } from '#components/reports/report-words'
import { Instant } from '#components/time/instant'
import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { Progress } from '#components/ui/progress'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { ReportView } from '#lib/reports/view'

/** A report: what it is of, who asked for it and when, what has become of it, and what can be done. */
export function ReportRow({
  path,
  report,
  cancelReport,
}: {
  path: string
  report: ReportView
  cancelReport: ReportActions['cancelReport']
}) {
  const { run, pending } = useAction(cancelReport)
  const { id, format, state, createdAt, by, bytes, mayCancel } = report
  const title = `${format.toUpperCase()}, ${periodWords(report)}`
  const details = useId()
  const Picture = format === 'pdf' ? FileText : Sheet
  const underWay = state === 'waiting' || state === 'running'
  const cancel = async () => {
    const result = await run({ reportId: id })
    if (result.ok) toastDone('Report cancelled')
    else toastFailure(result)
  }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <Picture aria-hidden className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{title}</p>
        <p id={details} className="text-muted text-small [overflow-wrap:anywhere]">
          Asked for <Instant at={createdAt} inSentence /> by <bdi>{by}</bdi>
          {bytes !== null && <>, {sizeWords(bytes)}</>}
        </p>
      </div>
      <div className="flex min-w-0 items-center gap-3 max-sm:w-full">
        <State report={report} title={title} />
        {underWay && mayCancel && (
          <Button
            size="small"
            pending={pending}
            aria-label={`Cancel ${title}`}
            aria-describedby={details}
            onClick={cancel}
          >
            Cancel
          </Button>
        )}
        {state === 'done' && (
          <Button size="small" asChild>
            {/* Not a page: the browser stays where it is and saves what comes. */}
            <a href={`${path}/${id}/file`} aria-label={`Download ${title}`} aria-describedby={details}>
              <Download aria-hidden />
              Download
            </a>
          </Button>
        )}
      </div>
    </li>
  )
}

function State({ report: { state, progress }, title }: { report: ReportView; title: string }) {
  if (state === 'running')
    return (
      <div className="w-56 max-sm:flex-1">
        <Progress label={title} done={progress} of={100} />
      </div>
    )
  if (state === 'done') return null
  const [Icon, words] =
    state === 'waiting'
      ? [FileDown, 'Waits for its turn']
      : state === 'cancelled'
        ? [Ban, 'Cancelled']
        : [CircleAlert, 'It could not be made. Create it again.']
  return (
    <p className="flex items-center gap-1.5 text-muted text-small">
      <Icon aria-hidden className="icon-small" />
      {words}
    </p>
  )
}
