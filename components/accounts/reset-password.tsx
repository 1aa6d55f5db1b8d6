'use client'

import { type FormEvent, useState } from 'react'
import { useLinkSecret } from '#components/accounts/use-link-secret'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { PasswordInput } from '#components/ui/password-input'
import { TextLink } from '#components/ui/text-link'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { RequestPasswordResetInput, ResetPasswordInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'

type Request = Action<RequestPasswordResetInput, null>
type Reset = Action<ResetPasswordInput, { redirectTo: string; unlinked: boolean }>

/** Asks for a link by mail; with the link of such a mail, for the new password. */
export function ResetPassword({
  sendsMail,
  requestPasswordReset,
  resetPassword,
}: {
  sendsMail: boolean
  requestPasswordReset: Request
  resetPassword: Reset
}) {
  const { secret: link, forget } = useLinkSecret('tokenry:reset-password')
  const [askAgain, setAskAgain] = useState(false)
  const [goOn, setGoOn] = useState<string | null>(null)
  if (goOn !== null) return <Unlinked goOn={goOn} />
  return (
    <div className="flex flex-col gap-4.5">
      <h1 className="text-display">Reset password</h1>
      {link && !askAgain && (
        <NewPassword
          link={link}
          resetPassword={resetPassword}
          forget={forget}
          unlinked={setGoOn}
          again={() => {
            forget()
            setAskAgain(true)
          }}
        />
      )}
      {(link === null || askAgain) &&
        (sendsMail ? (
          <AskForLink requestPasswordReset={requestPasswordReset} />
        ) : (
          <Notice tone="plain">
            This Tokenry sends no mail. Ask an admin of your organization, or whoever runs this Tokenry.
          </Notice>
        ))}
      <p>
        <TextLink href="/sign-in">Back to sign in</TextLink>
      </p>
    </div>
  )
}

function AskForLink({ requestPasswordReset }: { requestPasswordReset: Request }) {
  const { run, pending, failure } = useAction(requestPasswordReset)
  const [asked, setAsked] = useState<string | null>(null)
  const form = useInvalidFocus(failure)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email') ?? '').trim()
    const result = await run({ email })
    setAsked(result.ok ? email : null)
  }
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4.5">
      {asked !== null && (
        <Notice tone="plain" role="status">
          If {asked} has an account, a mail with a link is on its way to it. The link works for an hour.
        </Notice>
      )}
      <FailureNotice failure={failure} />
      <Field label="Email" hint="The address that you sign in with." error={failure?.fields['email']}>
        <Input
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          className="h-10"
        />
      </Field>
      <Button type="submit" variant="primary" pending={pending} className="mt-1 h-10 w-full">
        Send link
      </Button>
    </form>
  )
}

/** Nobody is led on past the news that something else than the password has changed. */
function Unlinked({ goOn }: { goOn: string }) {
  return (
    <div className="flex flex-col gap-4.5">
      <h1 className="text-display">Password set</h1>
      <Notice tone="plain" role="status">
        The sign-in through a provider that was linked to this account is unlinked, in case it was not yours. If it was,
        link it again under Account settings, Security.
      </Notice>
      <Button variant="primary" className="h-10 w-full" onClick={() => window.location.assign(goOn)}>
        Go on
      </Button>
    </div>
  )
}

function NewPassword({
  link,
  resetPassword,
  forget,
  unlinked,
  again,
}: {
  link: string
  resetPassword: Reset
  forget: () => void
  /** Is told where to go on once what happened beside was read. */
  unlinked: (goOn: string) => void
  again: () => void
}) {
  const { run, pending, failure } = useAction(resetPassword)
  const [leaving, setLeaving] = useState(false)
  const form = useInvalidFocus(failure)
  const linkError = failure?.fields['link']
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password') ?? '')
    const result = await run({ link, password })
    if (!result.ok) return
    forget()
    if (result.data.unlinked) return unlinked(result.data.redirectTo)
    setLeaving(true)
    window.location.assign(result.data.redirectTo)
  }
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4.5">
      <FailureNotice failure={failure} />
      {linkError && (
        <Notice tone="danger" role="alert">
          {linkError}
        </Notice>
      )}
      {(failure?.code === 'link_used' || linkError) && (
        <div>
          <Button onClick={again}>Ask for a new link</Button>
        </div>
      )}
      <Field
        label="New password"
        hint="12 to 256 characters. It signs you out everywhere else."
        error={failure?.fields['password']}
      >
        <PasswordInput name="password" autoComplete="new-password" className="h-10" />
      </Field>
      <Button type="submit" variant="primary" pending={pending || leaving} className="mt-1 h-10 w-full">
        Set password
      </Button>
    </form>
  )
}
