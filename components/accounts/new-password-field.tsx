import { Field } from '#components/ui/field'
import { PasswordInput } from '#components/ui/password-input'

/** Where somebody who is signed in types the password that they will have. */
export function NewPasswordField({
  value,
  setValue,
  error,
}: {
  value: string
  setValue: (typed: string) => void
  error: string | undefined
}) {
  return (
    <Field label="New password" hint="12 characters or more. It signs you out everywhere else." error={error}>
      <PasswordInput
        name="password"
        autoComplete="new-password"
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
    </Field>
  )
}
