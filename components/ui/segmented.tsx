'use client'

import { Lock } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '#components/ui/cn'
import { useFieldControl } from '#components/ui/field'

type SegmentedProps<Value extends string> = Omit<
  ComponentProps<typeof RadioGroup.Root>,
  'value' | 'onValueChange' | 'children'
> & {
  value: Value
  onValueChange: (value: Value) => void
  /** A locked one stays visible; the reason stands beneath the group, in the Field's hint. */
  options: readonly { value: Value; label: ReactNode; locked?: boolean }[]
}

/** One of a few, side by side; below 640 px three a line. Inside a Field with `group` it is named by its label. */
export function Segmented<Value extends string>({
  value,
  onValueChange,
  options,
  className,
  ...props
}: SegmentedProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen)
    if (option) onValueChange(option.value)
  }
  return (
    <RadioGroup.Root
      {...useFieldControl()}
      value={value}
      onValueChange={choose}
      orientation="horizontal"
      className={cn(
        'flex flex-wrap gap-px overflow-hidden rounded-control border border-line-strong bg-line aria-invalid:border-danger-text',
        'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2',
        className,
      )}
      {...props}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.locked}
          className={cn(
            'flex h-8.5 flex-1 items-center justify-center gap-1.5 whitespace-nowrap bg-field px-2 text-body text-soft',
            'transition-colors hover:bg-hover focus-visible:outline-offset-[-2px] max-sm:basis-[30%] touch:h-10.5',
            'data-[state=checked]:bg-accent-soft data-[state=checked]:font-semibold data-[state=checked]:text-accent-text',
            'data-[state=checked]:border-2 data-[state=checked]:border-accent data-[state=checked]:px-1.5',
            'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted',
          )}
        >
          {option.locked && <Lock className="icon-small" />}
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
