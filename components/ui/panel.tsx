import type { ComponentProps, ReactNode } from 'react'
import { cn } from '#components/ui/cn'

/** A box on the sheet with a hairline around it; with a `heading` it is a section named by it. */
export function Panel({
  heading,
  aside,
  className,
  children,
  ...props
}: ComponentProps<'section'> & { heading?: string; aside?: ReactNode }) {
  return (
    <section
      className={cn('min-w-0 rounded-panel border px-4.5 py-4', className)}
      {...(heading ? { 'aria-label': heading } : {})}
      {...props}
    >
      {heading && (
        <div className="mb-2 flex min-h-5.5 flex-wrap items-baseline justify-between gap-x-3">
          <h2 className="text-section">{heading}</h2>
          {aside && <div className="text-muted text-small">{aside}</div>}
        </div>
      )}
      {children}
    </section>
  )
}
