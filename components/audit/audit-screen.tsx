'use client'

import { Download } from 'lucide-react'
import { useMemo } from 'react'
import { BelowChoices, GroupChoices, PeriodChoices } from '#components/audit/choices'
import { Chosen } from '#components/audit/chosen'
import { DateFilter } from '#components/audit/date-filter'
import { EVENT_BLOCK, eventColumns } from '#components/audit/event-columns'
import { NothingFound } from '#components/audit/nothing-found'
import { DataTable } from '#components/data-table/data-table'
import { Pagination } from '#components/data-table/pagination'
import { SearchBox } from '#components/lists/search-box'
import { useListDialog } from '#components/lists/use-list-dialog'
import { PageHeader } from '#components/shell/page-header'
import { Instant } from '#components/time/instant'
import { HEADING_ID } from '#components/tokens/focus-after-dialog'
import { buttonVariants } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import { type AuditSearch, auditHref } from '#lib/audit/search'
import type { AuditEventView, AuditPage } from '#lib/audit/view'

const loadWindow = () => import('#components/audit/event-window').then((module) => module.EventWindow)

type ScreenProps = {
  path: string
  organization: { readonly name: string; readonly kind: 'platform' | 'reseller' | 'customer' }
  page: AuditPage
  search: AuditSearch
}

/** The page Audit log of an organization, at `path`. */
export function AuditScreen(props: ScreenProps) {
  const { path, organization, page, search } = props
  const several = organization.kind !== 'customer'
  const narrowing = useMemo(() => ({ path, search }), [path, search])
  const { ask, window } = useListDialog<AuditEventView, typeof narrowing>(
    page.events.map(({ id }) => id),
    loadWindow,
    narrowing,
  )
  const columns = useMemo(() => eventColumns(several && search.below === 'all'), [several, search.below])
  const listed = page.events.map((event) => ({
    ...event,
    ask: (from: HTMLElement | null) => ask(event, event.id, from),
  }))
  return (
    <>
      <PageHeader
        title={
          <span id={HEADING_ID} tabIndex={-1}>
            Audit log
          </span>
        }
        answer={<Answer openings={page.openings} />}
        actions={<CsvLink path={path} search={search} />}
      />
      <Filters {...props} several={several} />
      {listed.length === 0 ? (
        <NothingFound path={path} search={search} total={page.total.count} />
      ) : (
        <>
          <DataTable
            label="Audit log"
            columns={columns}
            rows={listed}
            rowId={({ id }) => id}
            rowClassName={EVENT_BLOCK}
            sort={{ column: 'at', descending: true }}
            sortHref={() => path}
          />
          <Pages path={path} search={search} page={page} />
        </>
      )}
      {window}
    </>
  )
}

function Filters({ path, organization, page, search, several }: ScreenProps & { several: boolean }) {
  return (
    <div className="mb-3 flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 max-sm:flex-col max-sm:items-stretch">
        <SearchBox
          label="Search name, person or token id"
          q={search.q}
          href={(q) => auditHref(path, search, { q })}
          instead="Search by the token's id instead."
          className="block sm:w-72"
        />
        <GroupChoices path={path} search={search} signIns={organization.kind === 'platform'} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="-mx-1 flex min-w-0 flex-wrap items-center gap-0.5">
          <PeriodChoices path={path} search={search} />
          <DateFilter path={path} search={search} />
        </div>
        {several && <BelowChoices path={path} search={search} name={organization.name} />}
      </div>
      <Chosen path={path} search={search} events={page.events} />
    </div>
  )
}

/** The way to the whole log as a file: what the filters find, newest first. */
function CsvLink({ path, search }: Pick<ScreenProps, 'path' | 'search'>) {
  return (
    // Not a page: the browser stays where it is and saves what comes.
    <a href={auditHref(`${path}/csv`, search, {})} className={cn(buttonVariants({ variant: 'quiet' }), '-mr-3.25')}>
      <Download aria-hidden />
      Download CSV
    </a>
  )
}

/** What an admin looks for first: "Secrets were opened 3 times in the last 7 days, the latest by … 2 hours ago." */
function Answer({ openings: { count, more, latest } }: Pick<AuditPage, 'openings'>) {
  if (latest === null) return 'No secret was opened in the last 7 days.'
  return (
    <>
      {count === 1 ? 'A secret was' : 'Secrets were'} opened{' '}
      <strong>{count === 1 ? 'once' : `${more ? 'more than ' : ''}${count} times`}</strong> in the last 7 days, the
      latest by{' '}
      <strong className="[overflow-wrap:anywhere]">
        <bdi>{latest.actor}</bdi>
      </strong>{' '}
      <Instant at={latest.at} inSentence />.
    </>
  )
}

function Pages({
  path,
  search,
  page: { events, first, total, hasPrevious, hasNext },
}: Omit<ScreenProps, 'organization'>) {
  const [newest, oldest] = [events.at(0), events.at(-1)]
  const to = (change: Partial<AuditSearch>) => auditHref(path, search, change)
  return (
    <div className="mt-2">
      <Pagination
        first={first}
        shown={events.length}
        total={total.count}
        more={total.more}
        noun={['event', 'events']}
        hrefs={{
          first: hasPrevious ? to({}) : null,
          previous: hasPrevious && newest ? to({ before: newest.id }) : null,
          next: hasNext && oldest ? to({ after: oldest.id }) : null,
          last: hasNext ? to({ at: 'end' }) : null,
        }}
      />
    </div>
  )
}
