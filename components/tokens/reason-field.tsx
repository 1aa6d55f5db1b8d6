import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'

/** Why something is revoked, for the audit log. */
export function ReasonField({
  value,
  onChange,
  error,
}: {
  value: string
  onChange: (reason: string) => void
  error: string | undefined
}) {
  return (
    <Field
      label={
        <>
          Reason <span className="font-normal text-muted">(optional, kept in the audit log)</span>
        </>
      }
      error={error}
    >
      <Input value={value} maxLength={500} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
    </Field>
  )
}
