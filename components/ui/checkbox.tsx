'use client'

import { Check, Minus } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '#components/ui/cn'

/** A tick box, 16 square within a target of 24; `checked="indeterminate"` draws a dash. The browser's own, drawn anew. */
export function Checkbox({
  checked,
  onCheckedChange,
  className,
  ...props
}: Omit<ComponentProps<'input'>, 'checked' | 'type' | 'onChange'> & {
  checked: boolean | 'indeterminate'
  onCheckedChange: (checked: boolean) => void
}) {
  return (
    <span className={cn('relative grid size-4 shrink-0 place-items-center', className)}>
      <input
        type="checkbox"
        ref={(input) => {
          if (input) input.indeterminate = checked === 'indeterminate'
        }}
        checked={checked === true}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className={[
          'peer col-start-1 row-start-1 size-4 cursor-pointer appearance-none rounded-strip border border-line-strong bg-field',
          'after:absolute after:-inset-1 touch:after:-inset-3.5',
          'checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent',
          'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken',
        ].join(' ')}
        {...props}
      />
      <Check
        aria-hidden
        className={cn(MARK, 'peer-checked:block peer-disabled:text-muted peer-indeterminate:hidden')}
      />
      <Minus aria-hidden className={cn(MARK, 'peer-indeterminate:block')} />
    </span>
  )
}

const MARK =
  'pointer-events-none col-start-1 row-start-1 hidden size-3 stroke-[2.75] text-on-fill forced-colors:text-text'
