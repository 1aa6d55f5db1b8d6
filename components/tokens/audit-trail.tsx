import { EventIcon, EventSentence } from '#components/audit/event'
import { Instant } from '#components/time/instant'
import type { AuditEntry } from '#lib/tokens/view'

/** What happened to a token: what, by whom, from where, when, newest first. */
export function AuditTrail({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <section aria-labelledby="audit-trail">
      <h2 id="audit-trail" className="text-section">
        Audit trail
      </h2>
      <ol className="mt-1 divide-y">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ entry: { action, actor, at, ip, details } }: { entry: AuditEntry }) {
  return (
    <li className="flex gap-3 py-3">
      <EventIcon action={action} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className="min-w-0 text-soft [overflow-wrap:anywhere]">
            <EventSentence action={action} actor={actor} target="it" />
          </p>
          <Instant at={at} className="text-muted text-small" />
        </div>
        {details.map((detail) => (
          <p key={detail} className="text-small text-soft [overflow-wrap:anywhere]">
            {detail}
          </p>
        ))}
        {ip !== null && <p className="text-muted text-small">from {ip}</p>}
      </div>
    </li>
  )
}
