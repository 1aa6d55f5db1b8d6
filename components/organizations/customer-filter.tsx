import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn'
import {
  CUSTOMER_FILTERS,
  type CustomerSearch,
  customerListHref,
  type CustomerFilter as Filter,
} from '#lib/organizations/search'
import type { CustomerPage } from '#lib/organizations/view'

const WORDS: Readonly<Record<Filter, string>> = {
  all: 'All',
  limit: 'At or over limit',
  suspended: 'Suspended',
  closed: 'Closed',
}

/** The filters with how many of each match the search, as links; Closed only where there is one. */
export function CustomerFilter({
  path,
  search,
  counts,
}: {
  path: string
  search: CustomerSearch
  counts: CustomerPage['counts']
}) {
  const shown = CUSTOMER_FILTERS.filter((each) => each !== 'closed' || counts.closed > 0 || search.show === 'closed')
  return (
    <nav aria-label="Status" className="-mx-1 flex flex-wrap gap-0.5 sm:mt-0.5">
      {shown.map((show) => (
        <Choice key={show} href={customerListHref(path, search, { show })} chosen={show === search.show}>
          {WORDS[show]}
          <span className="font-normal text-muted">{counts[show]}</span>
        </Choice>
      ))}
    </nav>
  )
}

/** Whether only what stands directly below is shown, or every level. */
export function LevelChoice({ path, search }: { path: string; search: CustomerSearch }) {
  return (
    <nav aria-label="Levels" className="flex flex-wrap gap-0.5 max-sm:-mx-1 sm:mt-0.5 sm:border-l sm:pl-3">
      <Choice href={customerListHref(path, search, { below: 'direct' })} chosen={search.below === 'direct'}>
        Directly below
      </Choice>
      <Choice href={customerListHref(path, search, { below: 'all' })} chosen={search.below === 'all'}>
        All levels
      </Choice>
    </nav>
  )
}

function Choice({ href, chosen, children }: { href: string; chosen: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      {...(chosen ? { 'aria-current': 'true' } : {})}
      className={cn(
        'inline-flex h-8 items-center gap-2 rounded-control px-2.5 text-body transition-colors touch:h-11',
        chosen ? 'bg-sunken font-semibold text-text forced-colors:border' : 'text-soft hover:bg-hover hover:text-text',
      )}
    >
      {children}
    </Link>
  )
}
