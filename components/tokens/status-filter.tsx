import Link from 'next/link'
import { cn } from '#components/ui/cn'
import { TOKEN_FILTERS, type TokenFilter, type TokenSearch, tokenListHref } from '#lib/tokens/search'
import type { TokenPage } from '#lib/tokens/view'

const WORDS: Readonly<Record<TokenFilter, string>> = {
  all: 'All',
  active: 'Active',
  revoked: 'Revoked',
  expired: 'Expired',
}

/** The statuses with how many of each match the search, as links. */
export function StatusFilter({
  path,
  search,
  counts,
}: {
  path: string
  search: TokenSearch
  counts: TokenPage['counts']
}) {
  return (
    <nav aria-label="Status" className="-mx-1 flex flex-wrap gap-0.5 sm:mt-0.5">
      {TOKEN_FILTERS.map((status) => {
        const chosen = status === search.status
        return (
          <Link
            key={status}
            href={tokenListHref(path, search, { status })}
            scroll={false}
            prefetch={false}
            {...(chosen ? { 'aria-current': 'true' } : {})}
            className={cn(
              'inline-flex h-8 items-center gap-2 rounded-control px-2.5 text-body transition-colors touch:h-11',
              chosen
                ? 'bg-sunken font-semibold text-text forced-colors:border'
                : 'text-soft hover:bg-hover hover:text-text',
            )}
          >
            {WORDS[status]}
            <span className="font-normal text-muted">{counts[status]}</span>
          </Link>
        )
      })}
    </nav>
  )
}
