'use client'

import { type FormEvent, useState } from 'react'
import { Or, ProviderButton } from '#components/accounts/provider-button'
import type { AcceptActions } from '#components/invitations/accept-invitation'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { PasswordInput } from '#components/ui/password-input'
import { TextLink } from '#components/ui/text-link'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'

const SIGN_IN_TO_ACCEPT = '/sign-in?next=%2Finvite'

/** For people without an account: name and password, or the provider; the e-mail address is the invited one. */
export function AcceptForm({
  link,
  email,
  provider,
  acceptInvitation,
  acceptByProvider,
  accepted,
}: {
  link: string
  email: string
  /** What the provider is called; null: there is none. */
  provider: string | null
  acceptInvitation: AcceptActions['acceptInvitation']
  acceptByProvider: AcceptActions['acceptByProvider']
  accepted: (redirectTo: string) => void
}) {
  const { run, pending, failure } = useAction(acceptInvitation)
  const [leaving, setLeaving] = useState(false)
  const form = useInvalidFocus(failure)
  const errors = failure?.fields ?? {}

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const result = await run({
      link,
      name: String(typed.get('name') ?? ''),
      password: String(typed.get('password') ?? ''),
    })
    if (!result.ok) return
    setLeaving(true)
    accepted(result.data.redirectTo)
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4.5">
      <FailureNotice failure={failure} />
      <Field label="Your name" error={errors['name']}>
        <Input name="name" autoComplete="name" dir="auto" className="h-10" />
      </Field>
      <Field label="Email" hint="You sign in with it.">
        <Input
          name="email"
          type="email"
          autoComplete="username"
          readOnly
          value={email}
          className="h-10 bg-sunken text-soft"
        />
      </Field>
      <Field label="Password" hint="12 to 256 characters." error={errors['password']}>
        <PasswordInput name="password" autoComplete="new-password" className="h-10" />
      </Field>
      <Button type="submit" variant="primary" pending={pending || leaving} className="mt-1 h-10 w-full">
        Accept invitation
      </Button>
      {provider !== null && (
        <>
          <Or />
          <ProviderButton go={acceptByProvider} input={() => ({ link })} className="h-10 w-full whitespace-normal">
            Continue with {provider}
          </ProviderButton>
        </>
      )}
      <p className="text-soft">
        You have an account here? <TextLink href={SIGN_IN_TO_ACCEPT}>Sign in to accept</TextLink>
      </p>
    </form>
  )
}
