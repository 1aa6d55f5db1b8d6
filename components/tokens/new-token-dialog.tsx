'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { DevicesField } from '#components/devices/devices-field'
import { devicesWords, withinApiUser } from '#components/tokens/api-user'
import {
  dayError,
  type ExpirationValue,
  expirationLimits,
  toExpiration,
  usualChoice,
} from '#components/tokens/expiration'
import { ExpirationField } from '#components/tokens/expiration-field'
import { focusFirstInvalid } from '#components/tokens/focus-first-invalid'
import { LimitNotice, UsageAfter } from '#components/tokens/limit-notice'
import { ReplaceQuestion } from '#components/tokens/replace-question'
import { ScopesField } from '#components/tokens/scopes-field'
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
import { useAction } from '#components/ui/use-action'
import type { FieldErrors } from '#lib/errors'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenApiUser, TokenFormOptions, TokenView } from '#lib/tokens/view'

const USUAL_SCOPES = ['data:read', 'reports:read']

/** The making of a token: a name alone is enough. `made` is given the new one, which has no secret yet. */
export function NewTokenDialog({
  options,
  apiUser,
  actions,
  made,
}: {
  options: TokenFormOptions
  /** The API user that it is to belong to. */
  apiUser: TokenApiUser | null
  actions: Pick<TokenActions, 'createToken'>
  made: (token: TokenView) => void
}) {
  const { run, pending, failure } = useAction(actions.createToken)
  const form = useRef<HTMLFormElement>(null)
  const [now] = useState(() => new Date())
  const limits = expirationLimits(options, now, now)
  const [name, setName] = useState('')
  const [expiration, setExpiration] = useState<ExpirationValue>({ choice: usualChoice(limits), day: '' })
  const offered = apiUser === null ? options.scopes : withinApiUser(options.scopes, apiUser)
  const [scopes, setScopes] = useState<readonly string[]>(() =>
    offered.filter((scope) => scope.refusal === null && USUAL_SCOPES.includes(scope.name)).map(({ name }) => name),
  )
  const [devices, setDevices] = useState<readonly string[] | null>(null)
  const [errors, setErrors] = useState<FieldErrors>({})
  const full = options.limit !== null && options.used >= options.limit
  const [asking, setAsking] = useState(false)

  useEffect(() => {
    if (Object.keys(errors).length > 0) focusFirstInvalid(form.current)
  }, [errors])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrongDay = dayError(expiration, limits)
    if (wrongDay !== null) return setErrors({ expiration: wrongDay })
    if (options.replaces === null) return void make()
    if (name.trim() === '') return setErrors({ name: 'Enter a name.' })
    setAsking(true)
  }

  const make = async (replaces?: string) => {
    const length = toExpiration(expiration)
    const input = {
      organizationId: options.organizationId,
      name,
      scopes: [...scopes],
      ...(devices === null ? {} : { devices: [...devices] }),
      ...(apiUser === null ? {} : { serviceAccountId: apiUser.id }),
      ...(length ? { expiration: length } : {}),
      ...(replaces === undefined ? {} : { replaces }),
    }
    const result = await run(input)
    setErrors(result.ok ? {} : result.fields)
    if (result.ok) return made(result.data)
    // What is wrong with the form is put right there; what the dialog asks about may have become another.
    if (result.code !== 'would_replace') setAsking(false)
  }

  if (asking && options.replaces !== null)
    return (
      <ReplaceQuestion
        replaced={options.replaces}
        options={options}
        pending={pending}
        failure={failure}
        replace={(id) => void make(id)}
        back={() => setAsking(false)}
      />
    )

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          New token
          {apiUser !== null && (
            <>
              {' '}
              for <bdi>{apiUser.name}</bdi>
            </>
          )}
        </DialogTitle>
        <DialogDescription>
          {options.organizationId === null ? (
            'It acts for you, in every organization you are a member of.'
          ) : (
            <UsageAfter options={options} />
          )}
        </DialogDescription>
      </DialogHeader>
      <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          {full && options.replaces === null && <LimitNotice options={options} />}
          <Field label="Name" hint="What will use it? A name you'll recognise in a year." error={errors['name']}>
            <Input value={name} autoComplete="off" dir="auto" onChange={(event) => setName(event.target.value)} />
          </Field>
          <ExpirationField value={expiration} onChange={setExpiration} limits={limits} error={errors['expiration']} />
          <ScopesField options={offered} chosen={scopes} onChange={setScopes} error={errors['scopes']} />
          {options.devicesUrl !== null && (
            <DevicesField
              url={options.devicesUrl}
              value={devices}
              onChange={setDevices}
              within={apiUser?.devices ?? null}
              {...devicesWords(apiUser)}
              error={errors['devices']}
            />
          )}
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb="Generate" pending={pending} />
      </form>
    </>
  )
}
