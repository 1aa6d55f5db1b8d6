'use client'

import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, use, useId } from 'react'
import { cn } from '#components/ui/cn'

type ControlProps = { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true; 'aria-labelledby'?: string }

const FieldContext = createContext<ControlProps>({})

/** What the surrounding Field says to its control: spread it before the control's own props. */
export const useFieldControl = () => use(FieldContext)

type FieldProps = {
  label: ReactNode
  /** Beside the label, at its end: a count, "2 chosen". */
  aside?: ReactNode
  /** Beneath the control. */
  hint?: ReactNode
  /** Takes the hint's place and marks the control as wrong. */
  error?: string | undefined
  /** The control is several (a radio group, check boxes): named by the label, not labelled by it. */
  group?: boolean
  className?: string
  children: ReactNode
}

/** A label, a control and what is to be said beneath it; the control inside takes its id and description from here. */
export function Field({ label, aside, hint, error, group = false, className, children }: FieldProps) {
  const id = useId()
  const labelId = `${id}label`
  const noteId = `${id}note`
  const control: ControlProps = {
    ...(group ? { 'aria-labelledby': labelId } : { id }),
    ...(error || hint ? { 'aria-describedby': noteId } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  }
  const Label = group ? 'span' : 'label'
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <Label id={labelId} {...(group ? {} : { htmlFor: id })} className="text-label">
          {label}
        </Label>
        {aside && <span className="text-muted text-small">{aside}</span>}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      <FieldNote id={noteId} hint={hint} error={error} />
    </div>
  )
}

function FieldNote({ id, hint, error }: { id: string; hint: ReactNode; error: string | undefined }) {
  if (error)
    return (
      <p id={id} className="flex gap-1.5 text-danger-text text-small">
        <CircleAlert className="icon-small mt-0.5" />
        {error}
      </p>
    )
  if (hint)
    return (
      <p id={id} className="text-muted text-small">
        {hint}
      </p>
    )
  return null
}
