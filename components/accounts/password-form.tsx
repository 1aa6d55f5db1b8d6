'use client'

import { type FormEvent, useState } from 'react'
import { NewPasswordField } from '#components/accounts/new-password-field'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { PasswordInput } from '#components/ui/password-input'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { ChangePasswordInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'

/** The change of one's password; what was typed goes from the page with the answer, whichever it is. */
export function PasswordForm({
  email,
  changePassword,
}: {
  email: string
  changePassword: Action<ChangePasswordInput, { stillLinked: string | null }>
}) {
  const { run, pending, failure } = useAction(changePassword)
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const form = useInvalidFocus(failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await run({ current, password })
    setCurrent('')
    setPassword('')
    if (!result.ok) return
    const { stillLinked } = result.data
    const beside = stillLinked === null ? '' : ` Your ${stillLinked} login stays linked: unlink it if it is not yours.`
    toastDone(`Password changed. You are signed out everywhere else.${beside}`)
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="grid max-w-[28rem] gap-4.5">
      {/* Tells password managers whose password it is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden />
      <Field label="Current password" error={failure?.fields['current']}>
        <PasswordInput
          name="current"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      </Field>
      <NewPasswordField value={password} setValue={setPassword} error={failure?.fields['password']} />
      <FailureNotice failure={failure} />
      <div>
        <Button type="submit" pending={pending}>
          Change password
        </Button>
      </div>
    </form>
  )
}
