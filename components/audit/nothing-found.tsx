import { TextLink } from '#components/ui/text-link'
import { type AuditSearch, auditHref, endsBeforeItBegins } from '#lib/audit/search'

/** That no event matches, in words, or that the page is beyond the log; and the way out. */
export function NothingFound({ path, search, total }: { path: string; search: AuditSearch; total: number }) {
  if (total > 0)
    return (
      <p className="py-10 text-soft">
        Nothing is on this page.{' '}
        <TextLink href={auditHref(path, search, {})} prefetch={false}>
          First page
        </TextLink>
      </p>
    )
  return (
    <div className="py-10" role="status">
      <p className="text-soft">
        {endsBeforeItBegins(search) ? (
          'That period ends before it begins.'
        ) : search.q === '' ? (
          'No event matches these filters.'
        ) : (
          <>
            No event matches &apos;<bdi className="break-words text-text">{search.q}</bdi>&apos;.
          </>
        )}
      </p>
      <p className="mt-1.5">
        <TextLink href={path} prefetch={false}>
          Clear filters
        </TextLink>
      </p>
    </div>
  )
}
