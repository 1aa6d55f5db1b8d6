import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

/** A link in a sentence or a cell. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn(
        'rounded-strip text-accent-text underline decoration-1 decoration-accent-text/40 underline-offset-3 transition-colors hover:decoration-accent-text',
        className,
      )}
      {...props}
    />
  )
}
