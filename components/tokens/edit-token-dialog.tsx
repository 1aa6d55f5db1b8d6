'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { DevicesField } from '#components/devices/devices-field'
import { devicesWords, withinApiUser } from '#components/tokens/api-user'
import { changesOf, draftOf, type EditDraft } from '#components/tokens/edit-draft'
import { dayError, expirationLimits } from '#components/tokens/expiration'
import { ExpirationField } from '#components/tokens/expiration-field'
import { focusFirstInvalid } from '#components/tokens/focus-first-invalid'
import { AskLink } from '#components/tokens/limit-notice'
import { successOf } from '#components/tokens/messages'
import { ScopesField } from '#components/tokens/scopes-field'
import { StatusField } from '#components/tokens/status-field'
import {
  DialogBody,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
  dialogForm,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Textarea } from '#components/ui/textarea'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { FieldErrors } from '#lib/errors'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenFormOptions, TokenView } from '#lib/tokens/view'

/** The editing of a token: on a revoked one only name and status, on an expired one the status is fixed. */
export function EditTokenDialog({
  token: present,
  options,
  actions,
  close,
}: {
  token: TokenView
  options: TokenFormOptions
  actions: Pick<TokenActions, 'editToken'>
  close: () => void
}) {
  const { run, pending, failure } = useAction(actions.editToken)
  const form = useRef<HTMLFormElement>(null)
  // As it was when the dialog opened, so that a change from elsewhere is not sent back as one from here.
  const [token] = useState(present)
  const [now] = useState(() => new Date())
  const limits = expirationLimits(options, now, token.mintedAt ?? token.createdAt)
  const [draft, setDraft] = useState(() => draftOf(token))
  const [errors, setErrors] = useState<FieldErrors>({})
  const set = (change: Partial<EditDraft>) => setDraft({ ...draft, ...change })

  useEffect(() => {
    if (Object.keys(errors).length > 0) focusFirstInvalid(form.current)
  }, [errors])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wrongDay = dayError(draft.expiration, limits)
    if (wrongDay !== null) return setErrors({ expiration: wrongDay })
    const input = changesOf(token, draft)
    if (Object.keys(input).length === 1) return close()
    const result = await run(input)
    setErrors(result.ok ? {} : result.fields)
    if (!result.ok) return
    toastDone(successOf(token, 'updated'))
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Edit <bdi>{token.name}</bdi>
        </DialogTitle>
        <DialogDescription>
          {token.status === 'revoked'
            ? 'It is revoked: restore it to change more than its name.'
            : token.tail === null
              ? 'It has no secret until somebody reveals it.'
              : 'Its secret stays the same.'}
        </DialogDescription>
      </DialogHeader>
      <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          <Field label="Name" error={errors['name']}>
            <Input
              value={draft.name}
              autoComplete="off"
              dir="auto"
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          {token.status !== 'revoked' && (
            <ExpirationField
              keep={token}
              value={draft.expiration}
              onChange={(expiration) => set({ expiration })}
              limits={limits}
              error={errors['expiration']}
            />
          )}
          <StatusField
            token={token}
            value={draft.status}
            onChange={(status) => set({ status })}
            error={errors['status']}
          />
          {token.status !== 'revoked' && token.scopes !== null && (
            <ScopesField
              options={token.apiUser === null ? options.scopes : withinApiUser(options.scopes, token.apiUser)}
              carried={token.scopes}
              chosen={draft.scopes}
              onChange={(scopes) => set({ scopes })}
              error={errors['scopes']}
            />
          )}
          {token.status !== 'revoked' && options.devicesUrl !== null && (
            <DevicesField
              url={options.devicesUrl}
              value={draft.devices}
              onChange={(devices) => set({ devices })}
              within={token.apiUser?.devices ?? null}
              {...devicesWords(token.apiUser)}
              error={errors['devices']}
            />
          )}
          {token.status !== 'revoked' && (
            <Field
              label="Allowed IP ranges"
              hint="One a line, such as 203.0.113.0/24. Empty: any address."
              error={errors['ipRanges']}
            >
              <Textarea
                value={draft.ipRanges}
                spellCheck={false}
                className="font-mono"
                onChange={(event) => set({ ipRanges: event.target.value })}
              />
            </Field>
          )}
          <FailureNotice
            failure={failure}
            more={failure?.code === 'token_limit' && options.ask && <AskLink ask={options.ask} />}
          />
        </DialogBody>
        <DialogFormFoot verb="Save" pending={pending} />
      </form>
    </>
  )
}
