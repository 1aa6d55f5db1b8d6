'use client'

import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'
import { useFieldControl } from '#components/ui/field'

/** A text field, 36 high; inside a Field it is labelled and described by it. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      {...useFieldControl()}
      className={cn('field-box h-9 w-full min-w-0 px-2.5 text-entry touch:h-11', className)}
      {...props}
    />
  )
}
