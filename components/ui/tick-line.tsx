import { type ReactNode, useId } from 'react'
import { Checkbox } from '#components/ui/checkbox'

/** A tick box with its words beside it, and below them, if given, what it comes to. */
export function TickLine({
  label,
  note,
  ...box
}: {
  label: string
  note?: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <div>
      <div className="flex min-h-6 items-center gap-2.5">
        <Checkbox id={id} {...(note === undefined ? {} : { 'aria-describedby': `${id}note` })} {...box} />
        <label htmlFor={id}>{label}</label>
      </div>
      {note !== undefined && (
        <p id={`${id}note`} className="pl-6.5 text-muted text-small">
          {note}
        </p>
      )}
    </div>
  )
}
