import { SearchBox } from '#components/lists/search-box'
import { type ListSearch, listHref } from '#lib/lists/search'

/** The search box of a plain list at `path`. */
export const ListSearchBox = ({ label, path, search }: { label: string; path: string; search: ListSearch }) => (
  <SearchBox
    label={label}
    q={search.q}
    href={(q) => listHref(path, search, { q })}
    instead="Search by name instead."
    className="mb-2 block"
  />
)
