import { Pagination } from '#components/data-table/pagination'
import { TextLink } from '#components/ui/text-link'
import { type ListSearch, listHref } from '#lib/lists/search'
import type { ListPage } from '#lib/lists/view'

/** How many a plain list has and the links to its other pages. */
export function ListPages<Row extends { readonly id: string }>({
  path,
  search,
  page: { rows, first, total, hasMore },
  noun,
}: {
  path: string
  search: ListSearch
  page: ListPage<Row>
  noun: readonly [one: string, many: string]
}) {
  const [one, last] = [rows.at(0), rows.at(-1)]
  const to = (change: Partial<ListSearch>) => listHref(path, search, change)
  return (
    <div className="mt-2">
      <Pagination
        first={first}
        shown={rows.length}
        total={total}
        noun={noun}
        hrefs={{
          first: first > 1 ? to({}) : null,
          previous: first > 1 && one !== undefined ? to({ before: one.id }) : null,
          next: hasMore && last !== undefined ? to({ after: last.id }) : null,
          last: hasMore ? to({ at: 'end' }) : null,
        }}
      />
    </div>
  )
}

/** That nothing matches the search, in words, or that the page has emptied meanwhile; and the way out. */
export function NothingListed({ path, search, noun }: { path: string; search: ListSearch; noun: string }) {
  const paged = search.after !== null || search.before !== null
  if (paged)
    return (
      <p className="py-10 text-soft">
        Nothing is left on this page. <TextLink href={listHref(path, search, {})}>First page</TextLink>
      </p>
    )
  return (
    <div className="py-10" role="status">
      <p className="text-soft">
        No {noun} matches &apos;<bdi className="break-words text-text">{search.q}</bdi>&apos;.
      </p>
      <p className="mt-1.5">
        <TextLink href={path}>Clear search</TextLink>
      </p>
    </div>
  )
}
