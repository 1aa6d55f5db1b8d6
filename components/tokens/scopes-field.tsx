'use client'

import { type ReactNode, useId } from 'react'
import { Checkbox } from '#components/ui/checkbox'
import { cn } from '#components/ui/cn'
import { Field, useFieldControl } from '#components/ui/field'
import type { ScopeOption } from '#lib/tokens/view'

/**
 * What a token may do, to be ticked. One that can't be granted stays in sight with the reason; where the token carries
 * it already it can be taken away.
 */
export function ScopesField({
  options,
  carried = [],
  chosen,
  onChange,
  error,
}: {
  options: readonly ScopeOption[]
  /** The scopes the token has now. */
  carried?: readonly string[]
  chosen: readonly string[]
  onChange: (scopes: readonly string[]) => void
  error: string | undefined
}) {
  const unlisted = carried
    .filter((name) => options.every((option) => option.name !== name))
    .map((name) => ({ name, description: '', refusal: 'Not offered any more.' }))
  return (
    <Field group label="Scopes" aside={`${chosen.length} chosen`} error={error}>
      <ScopeList>
        {[...options, ...unlisted].map((option) => (
          <ScopeRow
            key={option.name}
            option={option}
            locked={option.refusal !== null && !carried.includes(option.name)}
            checked={chosen.includes(option.name)}
            onCheckedChange={(checked) =>
              onChange(checked ? [...chosen, option.name] : chosen.filter((name) => name !== option.name))
            }
          />
        ))}
      </ScopeList>
    </Field>
  )
}

function ScopeList({ children }: { children: ReactNode }) {
  const { 'aria-invalid': invalid, ...named } = useFieldControl()
  return (
    <fieldset
      data-invalid={invalid}
      {...named}
      className={cn('min-w-0 divide-y overflow-hidden rounded-control border', invalid && 'border-danger-text')}
    >
      {children}
    </fieldset>
  )
}

function ScopeRow({
  option: { name, description, refusal },
  locked,
  checked,
  onCheckedChange,
}: {
  option: ScopeOption
  locked: boolean
  checked: boolean
  onCheckedChange: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <div className="relative flex items-start gap-2.5 px-2.5 py-1.5 touch:py-2.5">
      <Checkbox
        id={id}
        className="mt-0.5"
        aria-describedby={`${id}about`}
        disabled={locked}
        checked={checked}
        onCheckedChange={onCheckedChange}
      />
      <div className="grid min-w-0 flex-1 gap-x-3 sm:grid-cols-[minmax(9.25rem,auto)_minmax(0,1fr)]">
        <label
          htmlFor={id}
          className={cn(
            'break-all text-mono leading-5 after:absolute after:inset-0',
            locked && 'text-muted after:hidden',
          )}
        >
          {name}
        </label>
        <span id={`${id}about`} className={cn('text-small leading-5', locked ? 'text-muted' : 'text-soft')}>
          {refusal ?? description}
        </span>
      </div>
    </div>
  )
}
