'use client'

import { ROLE_WORDS } from '#components/organizations/role-words'
import { Field } from '#components/ui/field'
import { Segmented } from '#components/ui/segmented'

export type RoleName = keyof typeof ROLE_WORDS

const ORDER = ['viewer', 'member', 'admin'] as const satisfies readonly RoleName[]

/** One of the three roles; `hint` says what the chosen one may do. */
export function RoleField({
  value,
  onChange,
  hint,
  error,
}: {
  value: RoleName
  onChange: (role: RoleName) => void
  hint: string
  error: string | undefined
}) {
  return (
    <Field group label="Role" hint={hint} error={error}>
      <Segmented
        value={value}
        onValueChange={onChange}
        options={ORDER.map((role) => ({ value: role, label: ROLE_WORDS[role] }))}
      />
    </Field>
  )
}
