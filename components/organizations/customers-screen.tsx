'use client'

import { Download, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Pagination } from '#components/data-table/pagination'
import { SearchBox } from '#components/lists/search-box'
import { CUSTOMERS_HEADING_ID, CustomerDialogs, useCustomerCommands } from '#components/organizations/customer-dialogs'
import { CustomerFilter, LevelChoice } from '#components/organizations/customer-filter'
import { CustomerNotes } from '#components/organizations/customer-notes'
import { CustomerTable } from '#components/organizations/customer-table'
import { CustomersAnswer } from '#components/organizations/customers-answer'
import { EmptyCustomers, NoCustomerMatches } from '#components/organizations/empty-customers'
import { PageHeader } from '#components/shell/page-header'
import { Button, buttonVariants } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import { type CustomerSearch, customerListHref } from '#lib/organizations/search'
import type { CustomerActions, CustomerFormOptions, CustomerPage, CustomerView } from '#lib/organizations/view'

type ListProps = { path: string; page: CustomerPage; search: CustomerSearch; options: CustomerFormOptions }

/** The page Customers of an organization, at `path`; with `editing` the Edit dialog for that one is open. */
export function CustomersScreen({
  editing,
  actions,
  ...list
}: ListProps & { editing: CustomerView | null; actions: CustomerActions }) {
  const { path, page, search, options } = list
  const router = useRouter()
  const { after, before } = search
  const empty = page.counts.all === 0 && search.q === '' && search.below === 'direct'
  return (
    <CustomerDialogs
      options={options}
      actions={actions}
      editing={editing}
      doneEditing={() => router.replace(customerListHref(path, search, { after, before }), { scroll: false })}
    >
      <div className="flex flex-col lg:min-h-[calc(100dvh-4.75rem)]">
        <PageHeader
          title={
            <span id={CUSTOMERS_HEADING_ID} tabIndex={-1}>
              Customers
            </span>
          }
          answer={
            !empty && (
              <CustomersAnswer
                organizationName={options.organizationName}
                direct={search.below === 'direct'}
                summary={page.summary}
              />
            )
          }
          actions={!empty && <NewCustomerButton />}
        />
        {empty ? (
          <EmptyCustomers organizationName={options.organizationName} action={<NewCustomerButton />} />
        ) : (
          <List {...list} />
        )}
      </div>
    </CustomerDialogs>
  )
}

function NewCustomerButton() {
  const { ask } = useCustomerCommands()
  return (
    <Button variant="primary" onClick={(event) => ask({ kind: 'new' }, event.currentTarget)}>
      <Plus aria-hidden />
      New customer
    </Button>
  )
}

function List({ path, page, search, options }: ListProps) {
  return (
    <>
      <div className="mb-2 flex flex-wrap items-start gap-x-4 gap-y-2 max-sm:flex-col max-sm:items-stretch">
        <SearchBox
          label="Search customers"
          q={search.q}
          href={(q) => customerListHref(path, search, { q })}
          instead="Search for a name instead."
        />
        <CustomerFilter path={path} search={search} counts={page.counts} />
        {(page.summary.resellers || search.below === 'all') && <LevelChoice path={path} search={search} />}
        <CsvLink path={path} search={search} className="ml-auto max-sm:hidden" />
      </div>
      {page.customers.length === 0 ? (
        <NoCustomerMatches path={path} search={search} total={page.total} />
      ) : (
        <>
          <CustomerTable path={path} search={search} customers={page.customers} />
          <div className="mt-2">
            <Pagination
              first={page.first}
              shown={page.customers.length}
              total={page.total}
              noun={['customer', 'customers']}
              hrefs={pageLinks(path, search, page)}
            />
          </div>
          <CsvLink path={path} search={search} className="mt-2 self-start sm:hidden" />
        </>
      )}
      <CustomerNotes tier={options.tier} />
    </>
  )
}

/** The way to the whole list as a file: what search and filter find, in the order shown. */
function CsvLink({ path, search, className }: { path: string; search: CustomerSearch; className: string }) {
  return (
    // Not a page: the browser stays where it is and saves what comes.
    <a
      href={customerListHref(`${path}/csv`, search, {})}
      className={cn(buttonVariants({ variant: 'quiet' }), '-mr-3.25 max-sm:-ml-4', className)}
    >
      <Download aria-hidden />
      Download CSV
    </a>
  )
}

function pageLinks(path: string, search: CustomerSearch, { previous, next, last }: CustomerPage) {
  return {
    first: previous && customerListHref(path, search, {}),
    previous: previous && customerListHref(path, search, { before: previous }),
    next: next && customerListHref(path, search, { after: next }),
    last: last && customerListHref(path, search, { before: last }),
  }
}
