'use client'

import { type FormEvent, useState } from 'react'
import { useLinkSecret } from '#components/accounts/use-link-secret'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { PasswordInput } from '#components/ui/password-input'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { Action } from '#lib/result'

type SetUpInput = { link: string; platformName: string; name: string; email: string; password: string }

/** The first run: names the platform and makes its first admin, by the one-time link that the server printed. */
export function SetUpForm({ setUp }: { setUp: Action<SetUpInput, { redirectTo: string }> }) {
  const { secret: link, forget } = useLinkSecret('tokenry:set-up')
  const { run, pending, failure } = useAction(setUp)
  const [leaving, setLeaving] = useState(false)
  const form = useInvalidFocus(failure)
  const errors = failure?.fields ?? {}

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!link) return
    const typed = new FormData(event.currentTarget)
    const text = (name: string) => String(typed.get(name) ?? '')
    const result = await run({
      link,
      platformName: text('platformName'),
      name: text('name'),
      email: text('email'),
      password: text('password'),
    })
    if (!result.ok) return
    forget()
    setLeaving(true)
    window.location.assign(result.data.redirectTo)
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4.5">
      <h1 className="text-display">Set up Tokenry</h1>
      {link === null ? (
        <Notice tone="plain">
          Open the link that the server printed when it first started: setting up needs it, once. If it is older than an
          hour, start the server again for a new one.
        </Notice>
      ) : (
        <>
          <FailureNotice failure={failure} />
          {errors['link'] && (
            <Notice tone="danger" role="alert">
              {errors['link']}
            </Notice>
          )}
          <Field label="Platform name" hint="What your customers know it by." error={errors['platformName']}>
            <Input name="platformName" autoComplete="organization" />
          </Field>
          <Field label="Your name" error={errors['name']}>
            <Input name="name" autoComplete="name" />
          </Field>
          <Field label="Email" error={errors['email']}>
            <Input name="email" type="email" inputMode="email" autoComplete="username" autoCapitalize="none" />
          </Field>
          <Field label="Password" hint="12 to 256 characters." error={errors['password']}>
            <PasswordInput name="password" autoComplete="new-password" />
          </Field>
          <Button type="submit" variant="primary" pending={pending || leaving} className="mt-1 h-10 w-full">
            Set up Tokenry
          </Button>
        </>
      )}
    </form>
  )
}
