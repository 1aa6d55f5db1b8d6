'use client'

import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'
import { useFieldControl } from '#components/ui/field'

/** The platform's own select, drawn as a field; children are `option` elements. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return (
    <div className="relative">
      <select
        {...useFieldControl()}
        className={cn('field-box h-9 w-full appearance-none pr-9 pl-2.5 text-entry touch:h-11', className)}
        {...props}
      />
      <ChevronDown className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-soft" />
    </div>
  )
}
