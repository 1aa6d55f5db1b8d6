import { Eye, RefreshCw, Split, Vault } from 'lucide-react'

const NOTES = [
  { Icon: Split, text: 'One token for each service, so that revoking one stops one.' },
  { Icon: Vault, text: 'Keep secrets in a password manager or vault, never in code or a URL.' },
  { Icon: Eye, text: "Look at Last used. Delete what you don't recognise." },
  { Icon: RefreshCw, text: 'Rotate once a year, with an overlap: both secrets work until you have switched.' },
] as const

/** What to mind when handling tokens, at the foot of the list. */
export function BestPractices() {
  return (
    <aside aria-label="Best practices" className="mt-auto pt-12">
      <ul className="grid gap-x-9 gap-y-4 border-t pt-4 sm:grid-cols-2 xl:grid-cols-4">
        {NOTES.map(({ Icon, text }) => (
          <li key={text} className="flex gap-2.5 text-small text-soft">
            <Icon aria-hidden className="mt-0.5 text-muted" />
            <span className="max-w-[26ch] text-pretty max-sm:max-w-none">{text}</span>
          </li>
        ))}
      </ul>
    </aside>
  )
}
