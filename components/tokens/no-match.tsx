import { TextLink } from '#components/ui/text-link'
import { type TokenSearch, tokenListHref } from '#lib/tokens/search'

/** That nothing matches search and filter, in words, and the way out: "No revoked token matches 'billing'." */
export function NoMatch({ path, search, total }: { path: string; search: TokenSearch; total: number }) {
  const status = search.status === 'all' ? '' : `${search.status} `
  // A page can empty under its cursor, by deletes elsewhere.
  if (total > 0)
    return (
      <p className="py-10 text-soft">
        Nothing is left on this page. <TextLink href={tokenListHref(path, search, {})}>First page</TextLink>
      </p>
    )
  return (
    <div className="py-10" role="status">
      <p className="text-soft">
        {search.q === '' ? (
          `No ${status}tokens.`
        ) : (
          <>
            No {status}token matches &apos;<bdi className="break-words text-text">{search.q}</bdi>&apos;.
          </>
        )}
      </p>
      <p className="mt-1.5">
        <TextLink href={path}>Clear filters</TextLink>
      </p>
    </div>
  )
}
