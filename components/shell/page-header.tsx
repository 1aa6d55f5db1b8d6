import type { ReactNode } from 'react'

/**
 * A page's one heading, a badge beside it, its answer line (strong for figures and names) and, at the right, what can be
 * done here.
 */
export function PageHeader({
  title,
  badge,
  answer,
  actions,
}: {
  title: ReactNode
  badge?: ReactNode
  answer?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="mb-5 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0 text-title">{title}</h1>
        {badge}
      </div>
      {actions && <div className="flex flex-wrap justify-end gap-2 sm:row-span-2 sm:self-start">{actions}</div>}
      {answer && (
        <p className="col-start-1 text-soft max-sm:col-span-full [&_b]:text-text [&_strong]:text-text">{answer}</p>
      )}
    </div>
  )
}
