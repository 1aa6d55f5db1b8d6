'use client'

import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonVariants } from '#components/ui/button'
import { cn } from '#components/ui/cn'

type PaginationProps = {
  /** Position of the first row shown, from 1; null where it was not counted so far. */
  first: number | null
  /** How many rows are shown. */
  shown: number
  total: number
  /** There are more than that: it was not counted any further. */
  more?: boolean
  /** The thing counted, as one and as many. */
  noun: readonly [one: string, many: string]
  /** Links to the pages around; null where there is no such page. */
  hrefs: Readonly<Record<'first' | 'previous' | 'next' | 'last', string | null>>
}

/** "26 to 50 of 112 tokens" with links First, Previous, Next and Last; "9 tokens" alone where there is one page. */
export function Pagination({ first, shown, total, more = false, noun: [one, many], hrefs }: PaginationProps) {
  const all = more ? `more than ${total}` : total
  const noun = total === 1 ? one : many
  const single = hrefs.previous === null && hrefs.next === null
  return (
    <div className="flex min-h-8.5 flex-wrap items-center justify-between gap-x-4 gap-y-2 text-muted text-small">
      <p role="status">
        {single ? '' : first === null ? `${shown} of ` : `${first} to ${first + shown - 1} of `}
        {all} {noun}
      </p>
      {!single && (
        <nav aria-label={`Pages of ${many}`} className="-mx-2.5 flex flex-wrap gap-1">
          <PageLink href={hrefs.first}>
            <ChevronFirst aria-hidden />
            First
          </PageLink>
          <PageLink href={hrefs.previous}>
            <ChevronLeft aria-hidden />
            Previous
          </PageLink>
          <PageLink href={hrefs.next}>
            Next
            <ChevronRight aria-hidden />
          </PageLink>
          <PageLink href={hrefs.last}>
            Last
            <ChevronLast aria-hidden />
          </PageLink>
        </nav>
      )}
    </div>
  )
}

/** One link in all states, so that it keeps the focus when the page it led to was the last. */
function PageLink({ href, children }: { href: string | null; children: ReactNode }) {
  const classes = cn(buttonVariants({ variant: 'quiet', size: 'small' }), 'gap-1.5 text-body')
  return (
    <Link
      href={href ?? ''}
      prefetch={false}
      className={cn(classes, href === null && 'pointer-events-none text-muted opacity-60')}
      {...(href === null ? { 'aria-disabled': true, tabIndex: -1 } : {})}
      onClick={(event) => {
        if (href === null) event.preventDefault()
      }}
    >
      {children}
    </Link>
  )
}
