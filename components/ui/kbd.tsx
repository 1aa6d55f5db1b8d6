import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

/** A key of the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      className={cn(
        'inline-flex h-5 items-center rounded-strip border px-1.5 font-sans text-axis text-muted',
        className,
      )}
      {...props}
    />
  )
}
