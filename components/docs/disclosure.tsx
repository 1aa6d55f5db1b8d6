import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** Something behind a line that opens and closes by itself; of those with the same `group` one is open at a time. */
export function Disclosure({
  summary,
  group,
  open = false,
  children,
}: {
  summary: ReactNode
  group?: string
  open?: boolean
  children: ReactNode
}) {
  return (
    <details open={open} className="group border-t last:border-b" {...(group === undefined ? {} : { name: group })}>
      <summary className="flex min-h-8.5 cursor-pointer list-none items-center gap-1.5 text-control text-soft hover:text-text touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="icon-small text-muted transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pb-3">{children}</div>
    </details>
  )
}
