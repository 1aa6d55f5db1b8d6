'use client'

import { type FormEvent, useState } from 'react'
import { Or, ProviderButton } from '#components/accounts/provider-button'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { PasswordInput } from '#components/ui/password-input'
import { TextLink } from '#components/ui/text-link'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { SignInByProviderInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'

type SignInFormProps = {
  signIn: Action<{ email: string; password: string; next?: string }, { redirectTo: string }>
  signInByProvider: Action<SignInByProviderInput, { redirectTo: string }>
  /** What the provider is called; null: there is none. */
  provider: string | null
  /** How a journey to the provider has just ended. */
  news: string | null
  /** The page that was asked for; the action judges it. */
  next?: string
  /** Whether a link to set a new password can be mailed. */
  sendsMail: boolean
}

/** Email and password, or the provider. After a refusal the email stays, the password is gone and focus stands at what to mend. */
export function SignInForm({ signIn, signInByProvider, provider, news, next, sendsMail }: SignInFormProps) {
  const { run, pending, failure } = useAction(signIn)
  const [leaving, setLeaving] = useState(false)
  const form = useInvalidFocus(failure)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = form.current?.querySelector<HTMLInputElement>('[name=email]')
    const password = form.current?.querySelector<HTMLInputElement>('[name=password]')
    if (!email || !password) return
    const typed = { email: email.value.trim(), password: password.value }
    const result = await run(next === undefined ? typed : { ...typed, next })
    if (result.ok) {
      setLeaving(true)
      window.location.assign(result.data.redirectTo)
      return
    }
    password.value = ''
    if (Object.keys(result.fields).length === 0) password.focus()
  }

  return (
    // `post`, so that a click before this page's script runs never puts the password into an address.
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4.5">
      <h1 className="text-display">Sign in</h1>
      {news !== null && failure === null && (
        <Notice tone="danger" role="alert">
          {news}
        </Notice>
      )}
      {failure?.code === 'unauthenticated' ? (
        <Notice tone="danger" role="alert">
          {failure.message}
        </Notice>
      ) : (
        <FailureNotice failure={failure} />
      )}
      <Field label="Email" error={failure?.fields['email']}>
        <Input
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          className="h-10"
        />
      </Field>
      <Field label="Password" error={failure?.fields['password']}>
        <PasswordInput name="password" autoComplete="current-password" className="h-10" />
      </Field>
      <Button type="submit" variant="primary" pending={pending || leaving} className="mt-1 h-10 w-full">
        Sign in
      </Button>
      {sendsMail ? (
        <TextLink href="/reset-password" className="w-fit">
          Forgot password?
        </TextLink>
      ) : (
        <details className="text-soft">
          <summary className="w-fit list-none rounded-strip text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-accent-text">
            Forgot password?
          </summary>
          <p className="mt-1.5">Ask an admin of your organization, or whoever runs this Tokenry.</p>
        </details>
      )}
      {provider !== null && (
        <>
          <Or />
          <ProviderButton
            go={signInByProvider}
            input={() => ({ next: next ?? '/' })}
            className="h-10 w-full whitespace-normal"
          >
            {provider}
          </ProviderButton>
        </>
      )}
    </form>
  )
}
