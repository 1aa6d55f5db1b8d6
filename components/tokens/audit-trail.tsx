import { Ban, CircleDot, Copy, Eye, type LucideIcon, Pencil, Plus, RefreshCw, Trash2, Undo2 } from 'lucide-react'
import { Instant } from '#components/time/instant'
import type { AuditEntry } from '#lib/tokens/view'

const VERBS: Readonly<Record<string, { Icon: LucideIcon; words: string }>> = {
  'token.created': { Icon: Plus, words: 'Created' },
  'token.revealed': { Icon: Eye, words: 'Secret revealed' },
  'token.copied': { Icon: Copy, words: 'Secret copied' },
  'token.edited': { Icon: Pencil, words: 'Edited' },
  'token.rotated': { Icon: RefreshCw, words: 'Rotated' },
  'token.revoked': { Icon: Ban, words: 'Revoked' },
  'token.restored': { Icon: Undo2, words: 'Restored' },
  'token.deleted': { Icon: Trash2, words: 'Deleted' },
}

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
  const { Icon, words } = VERBS[action] ?? { Icon: CircleDot, words: inWords(action) }
  return (
    <li className="flex gap-3 py-3">
      <span aria-hidden className="grid size-6.5 shrink-0 place-items-center rounded-full bg-sunken text-soft">
        <Icon className="icon-small" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className="min-w-0 [overflow-wrap:anywhere]">
            <strong>{words}</strong> <span className="text-soft">by {actor}</span>
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

/** An action this page has no words for yet: `token.scopes_narrowed` is "Scopes narrowed". */
function inWords(action: string): string {
  const words = action.slice(action.indexOf('.') + 1).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
