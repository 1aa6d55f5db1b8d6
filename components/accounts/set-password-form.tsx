'use client'

import { type FormEvent, useState } from 'react'
import { ConfirmDialog } from '#components/accounts/confirm-dialog'
import { NewPasswordField } from '#components/accounts/new-password-field'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { ConfirmIdentityInput, SetPasswordInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'

/** The first password of an account that has none. */
export function SetPasswordForm({
  email,
  setPassword,
  confirmIdentity,
}: {
  email: string
  setPassword: Action<SetPasswordInput, null>
  confirmIdentity: Action<ConfirmIdentityInput, null>
}) {
  const { run, pending, failure, clear } = useAction(setPassword)
  const [password, setTyped] = useState('')
  const form = useInvalidFocus(failure)
  const asks = failure?.code === 'confirmation_required'

  const set = async () => {
    const result = await run({ password })
    if (result.ok) toastDone('Password set. You are signed out everywhere else.')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void set()
  }

  return (
    <>
      <form ref={form} method="post" noValidate onSubmit={submit} className="grid max-w-[28rem] gap-4.5">
        <p className="text-soft">This account has no password.</p>
        <input type="text" name="username" autoComplete="username" defaultValue={email} hidden />
        <NewPasswordField value={password} setValue={setTyped} error={failure?.fields['password']} />
        {!asks && <FailureNotice failure={failure} />}
        <div>
          <Button type="submit" pending={pending}>
            Set password
          </Button>
        </div>
      </form>
      <ConfirmDialog open={asks} title="Set password" close={clear} confirmIdentity={confirmIdentity} confirmed={set} />
    </>
  )
}
