'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

/** A tick box, 16 square within a target of 24; `checked="indeterminate"` draws a dash. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        'group relative grid size-4 shrink-0 place-items-center rounded-strip border border-line-strong bg-field text-on-fill',
        'after:absolute after:-inset-1 touch:after:-inset-3.5',
        'data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        'data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted',
        'disabled:data-[state=checked]:border-line disabled:data-[state=checked]:bg-sunken',
        'forced-colors:text-text',
        className,
      )}
      {...props}
    >
      <Primitive.Indicator>
        <Check className="size-3 stroke-[2.75] group-data-[state=indeterminate]:hidden" />
        <Minus className="hidden size-3 stroke-[2.75] group-data-[state=indeterminate]:block" />
      </Primitive.Indicator>
    </Primitive.Root>
  )
}
