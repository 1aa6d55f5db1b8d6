'use client'

import { type FormEvent, useState } from 'react'
import { type ConfirmWays, useConfirmWays } from '#components/accounts/confirm-ways'
import { Or, ProviderButton } from '#components/accounts/provider-button'
import { Button } from '#components/ui/button'
import { DialogBody, DialogClose, DialogFooter, DialogFormFoot, dialogForm } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { PasswordInput } from '#components/ui/password-input'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { Action } from '#lib/result'

/**
 * Asks for the password, or leads to the provider, within a dialog whose action was refused with `confirmation_required`, in the place of its body
 * and foot. `confirmed` does that action again; until its promise is settled the button waits.
 * From the provider one comes back to the page, and begins again what one was about to do.
 */
export function ConfirmIdentity({
  confirmIdentity,
  confirmed,
}: {
  confirmIdentity: Action<{ password: string }, null>
  confirmed: () => Promise<unknown>
}) {
  const ways = useConfirmWays()
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

  const foot = ways.password ? (
    <DialogFormFoot verb="Confirm" pending={pending || goingOn} />
  ) : (
    <DialogFooter>
      <DialogClose asChild>
        <Button>Cancel</Button>
      </DialogClose>
    </DialogFooter>
  )

  return (
    // `post`, so that a press before this page's script runs never puts the password into an address.
    <form ref={form} method="post" className={dialogForm} onSubmit={submit} noValidate>
      <DialogBody>
        <section aria-labelledby="confirm-identity">
          <h3 id="confirm-identity" className="text-section">
            Confirm it&apos;s you
          </h3>
          <p className="mt-0.5 text-soft">{ways.password ? LONG_AGO : ways.provider ? NO_PASSWORD : NO_WAY}</p>
        </section>
        {ways.password && (
          <Field label="Password" error={failure?.fields['password']}>
            <PasswordInput name="password" autoComplete="current-password" autoFocus />
          </Field>
        )}
        <FailureNotice failure={failure} />
        {ways.provider && <ByProvider provider={ways.provider} beside={ways.password} />}
      </DialogBody>
      {foot}
    </form>
  )
}

const LONG_AGO = 'You last proved who you are more than 10 minutes ago.'
const NO_PASSWORD = `${LONG_AGO} This account has no password.`
const NO_WAY = `${NO_PASSWORD} No login at a provider is linked to it either: Account settings, Security says what to do.`

function ByProvider({ provider, beside }: { provider: NonNullable<ConfirmWays['provider']>; beside: boolean }) {
  return (
    <>
      {beside && <Or />}
      <div className="grid gap-2">
        <ProviderButton
          go={provider.confirm}
          input={() => ({ page: window.location.pathname + window.location.search })}
          variant={beside ? 'secondary' : 'primary'}
        >
          Confirm with {provider.name}
        </ProviderButton>
        <p className="text-muted text-small">It brings you back to this page, where you begin this again.</p>
      </div>
    </>
  )
}
