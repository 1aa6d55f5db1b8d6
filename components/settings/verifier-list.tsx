'use client'

import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { columnsOf } from '#components/data-table/columns'
import { DataTable } from '#components/data-table/data-table'
import { formatClock } from '#components/time/format'
import { Instant } from '#components/time/instant'
import { useClock } from '#components/time/now'
import { useLiveRefresh } from '#components/tokens/use-live-refresh'
import type { VerifierRow } from '#lib/verifiers/view'

const column = columnsOf<VerifierRow>()

const FIGURE = { className: 'whitespace-nowrap text-soft sm:text-right' }
const WHOLE = { cellClassName: 'max-sm:col-span-full' }

const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    meta: WHOLE,
    cell: ({ getValue }) => <bdi className="font-mono text-mono [overflow-wrap:anywhere]">{getValue()}</bdi>,
  }),
  column.accessor('silentSince', {
    header: 'Last sign of life',
    meta: WHOLE,
    cell: ({ getValue }) => <Life silentSince={getValue()} />,
  }),
  column.accessor('entries', {
    header: 'In memory',
    meta: FIGURE,
    cell: ({ getValue }) => <Told label="In memory">{getValue().toLocaleString('en-GB')}</Told>,
  }),
  column.accessor('hitPercent', {
    header: 'Hit rate',
    meta: FIGURE,
    cell: ({ getValue }) => <Told label="Hit rate">{getValue() === null ? 'None asked' : `${getValue()} %`}</Told>,
  }),
  column.accessor('lagMs', {
    header: 'Lag',
    meta: FIGURE,
    cell: ({ getValue }) => <Told label="Lag">{getValue() === null ? 'Not known' : `${getValue()} ms`}</Told>,
  }),
  column.accessor('startedAt', {
    header: 'Running since',
    meta: { className: 'whitespace-nowrap text-soft sm:pl-4' },
    cell: ({ getValue }) => (
      <Told label="Started">
        <Instant at={getValue()} className="max-sm:inline-block max-sm:first-letter:lowercase" />
      </Told>
    ),
  }),
])

/** The verifiers of the last 24 hours, kept up to date while the page is looked at; `changesUrl` changes with them. */
export function VerifierList({ verifiers, changesUrl }: { verifiers: readonly VerifierRow[]; changesUrl: string }) {
  useLiveRefresh(changesUrl)
  if (verifiers.length === 0) return <NoVerifier />
  return (
    <DataTable
      label="Verifiers"
      columns={columns}
      rows={verifiers}
      rowId={({ id }) => id}
      rowClassName="max-sm:grid max-sm:h-auto max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:py-3"
      sort={{ column: 'name', descending: false }}
      // None of the heads sorts: there are few.
      sortHref={() => ''}
    />
  )
}

function Life({ silentSince }: { silentSince: Date | null }) {
  const time = useClock((_, timeZone) => (silentSince === null ? '' : formatClock(silentSince, timeZone)))
  if (silentSince !== null) return <span className="text-muted">Silent since {time}</span>
  return (
    <span className="inline-flex items-center gap-1.5 text-success-text">
      <CircleCheck aria-hidden className="icon-small" />
      Answering
    </span>
  )
}

const Told = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <span className="text-muted sm:hidden">{label} </span>
    {children}
  </>
)

const NoVerifier = () => (
  <section aria-labelledby="no-verifier" className="max-w-prose">
    <h2 id="no-verifier" className="text-section">
      No verifier was running in the last 24 hours
    </h2>
    <p className="mt-1 text-soft">
      Verifiers tell your services whether a token is good. Start one with{' '}
      <code className="font-mono text-mono text-text">npm run verifier</code>: it appears here within seconds.
    </p>
  </section>
)
