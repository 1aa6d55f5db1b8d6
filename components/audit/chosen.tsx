import { X } from 'lucide-react'
import Link from 'next/link'
import { wordsFor } from '#components/audit/event-words'
import { TextLink } from '#components/ui/text-link'
import { isAuditAction } from '#lib/audit/choices'
import { type AuditSearch, aboutOf, auditHref, parseAbout } from '#lib/audit/search'
import type { AuditEventView } from '#lib/audit/view'

/** What else the log is narrowed to, each a link that takes it away: one person, one thing, one kind of event. */
export function Chosen({
  path,
  search,
  events,
}: {
  path: string
  search: AuditSearch
  events: readonly AuditEventView[]
}) {
  const { actor, about, show } = search
  const action = show !== null && isAuditAction(show) ? show : null
  const chosen = [
    ...(actor === null ? [] : [{ words: `By ${actor}`, without: { actor: null } }]),
    ...(about === null ? [] : [{ words: `About ${nameOf(about, events)}`, without: { about: null } }]),
    ...(action === null ? [] : [{ words: `Only “${kindOf(action)}”`, without: { show: null } }]),
  ]
  if (chosen.length === 0) return null
  return (
    <ul aria-label="Narrowed to" className="flex min-w-0 flex-wrap items-center gap-2">
      {chosen.map(({ words, without }) => (
        <li key={words} className="min-w-0">
          <Link
            href={auditHref(path, search, without)}
            scroll={false}
            prefetch={false}
            className="inline-flex min-h-7 items-center gap-1.5 rounded-status bg-sunken py-0.5 pr-1.5 pl-2.5 text-small text-soft transition-colors hover:text-text touch:min-h-11 forced-colors:border"
          >
            <bdi className="[overflow-wrap:anywhere]">{words}</bdi>
            <X className="icon-small shrink-0" aria-label="take away" />
          </Link>
        </li>
      ))}
      {chosen.length > 1 && (
        <li>
          <TextLink href={path} prefetch={false}>
            Clear filters
          </TextLink>
        </li>
      )}
    </ul>
  )
}

/** What a kind of event is called without who and what: "revealed …". */
export const kindOf = (action: string) => wordsFor(action).says.replace('{}', '…')

function nameOf(about: string, events: readonly AuditEventView[]): string {
  const it = events.find((event) => aboutOf(event) === about)?.target
  return it?.name ?? parseAbout(about).id
}
