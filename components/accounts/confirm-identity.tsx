'use client'

import { type FormEvent, useState } from 'react'
import { DialogBody, DialogFormFoot, dialogForm } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { PasswordInput } from '#components/ui/password-input'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { Action } from '#lib/result'

/**
 * Asks for the password within a dialog whose action was refused with `confirmation_required`, in the place of its body
 * and foot. `confirmed` does that action again; until its promise is settled the button waits.
 */
export function ConfirmIdentity({
  confirmIdentity,
  confirmed,
}: {
  confirmIdentity: Action<{ password: string }, null>
  confirmed: () => Promise<unknown>
}) {
  const { run, pending, failure } = useAction(confirmIdentity)
  const [goingOn, setGoingOn] = useState(false)
  const form = useInvalidFocus(failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const field = form.current?.querySelector<HTMLInputElement>('[name=password]')
    if (!field) return
    const result = await run({ password: field.value })
    field.value = ''
    if (!result.ok) return
    setGoingOn(true)
    await confirmed()
    setGoingOn(false)
  }

  return (
    // `post`, so that a press before this page's script runs never puts the password into an address.
    <form ref={form} method="post" className={dialogForm} onSubmit={submit} noValidate>
      <DialogBody>
        <section aria-labelledby="confirm-identity">
          <h3 id="confirm-identity" className="text-section">
            Confirm it&apos;s you
          </h3>
          <p className="mt-0.5 text-soft">You last gave your password more than 10 minutes ago.</p>
        </section>
        <Field label="Password" error={failure?.fields['password']}>
          <PasswordInput name="password" autoComplete="current-password" autoFocus />
        </Field>
        <FailureNotice failure={failure} />
      </DialogBody>
      <DialogFormFoot verb="Confirm" pending={pending || goingOn} />
    </form>
  )
}
