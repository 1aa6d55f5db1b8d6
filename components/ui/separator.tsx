import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

/** A hairline; with children, the word stands in its middle. */
export function Separator({ className, children, ...props }: ComponentProps<'div'>) {
  if (!children) return <div aria-hidden className={cn('h-px w-full bg-line', className)} {...props} />
  return (
    <div
      className={cn(
        'flex items-center gap-3 text-muted text-small before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line',
        className,
      )}
      {...props}
    >
      {children}
    </div>
  )
}
