'use client'

import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'
import { useFieldControl } from '#components/ui/field'

/** A field of several lines; it grows with what is typed, up to ten. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useFieldControl()}
      rows={3}
      className={cn(
        'field-box field-sizing-content max-h-56 min-h-18 w-full resize-y px-2.5 py-2 text-entry',
        className,
      )}
      {...props}
    />
  )
}
