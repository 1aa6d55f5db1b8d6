import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn'

/** Facts, one a line, with hairlines between; children are Facts. */
export function DescriptionList({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn('divide-y', className)}>{children}</dl>
}

/** A term and what it is. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(6.75rem,1fr)_minmax(0,2fr)] gap-x-3 py-2 first:pt-0 last:pb-0">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}
