'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { DevicesField } from '#components/devices/devices-field'
import { narrower, sameDevices } from '#components/devices/narrower'
import type { ApiUserActions } from '#components/members/api-user-actions'
import { RoleField, type RoleName } from '#components/members/role-field'
import { TokensOf } from '#components/members/tokens-of'
import { focusFirstInvalid } from '#components/tokens/focus-first-invalid'
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
import { Notice } from '#components/ui/notice'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { FieldErrors } from '#lib/errors'
import type { ApiUserPage, ApiUserView } from '#lib/service-accounts/view'

const HINT: Record<RoleName, string> = {
  viewer: 'Chosen for you below: what a viewer holds. Take away what it does not need.',
  member: 'Chosen for you below: what a member holds. Take away what it does not need.',
  admin: 'Chosen for you below: what an admin holds. Only an admin may verify tokens.',
}

// Asking about tokens is for gateways: nobody gets it without having chosen it.
const NEVER_PRESET = 'tokens:verify'

/** The making of an API user, or its editing where there is one; what an edit takes from its tokens is said beforehand. */
export function ApiUserDialog({
  apiUser: present,
  organization,
  devicesUrl,
  options,
  actions,
  close,
}: {
  apiUser: ApiUserView | null
  organization: { readonly id: string; readonly name: string }
  devicesUrl: string | null
  options: ApiUserPage['scopes']
  actions: Pick<ApiUserActions, 'createApiUser' | 'editApiUser'>
  close: () => void
}) {
  const creating = useAction(actions.createApiUser)
  const editing = useAction(actions.editApiUser)
  const { pending, failure } = present === null ? creating : editing
  const form = useRef<HTMLFormElement>(null)
  // As it was when the dialog opened, so that a change from elsewhere is not sent back as one from here.
  const [apiUser] = useState(present)
  const presetOf = (role: RoleName) =>
    options[role].filter(({ name, refusal }) => refusal === null && name !== NEVER_PRESET).map(({ name }) => name)
  const [name, setName] = useState(apiUser?.name ?? '')
  const [role, setRole] = useState<RoleName>(apiUser?.role ?? 'viewer')
  const [scopes, setScopes] = useState<readonly string[]>(() => apiUser?.scopes ?? presetOf('viewer'))
  const [devices, setDevices] = useState(apiUser?.devices ?? null)
  const [errors, setErrors] = useState<FieldErrors>({})

  useEffect(() => {
    if (Object.keys(errors).length > 0) focusFirstInvalid(form.current)
  }, [errors])

  const save = () => {
    const organizationId = organization.id
    const own = devices === null ? null : [...devices]
    if (apiUser === null) return creating.run({ organizationId, name, role, scopes: [...scopes], devices: own })
    const sameScopes = sameDevices(scopes, apiUser.scopes)
    return editing.run({
      organizationId,
      apiUserId: apiUser.id,
      ...(name === apiUser.name ? {} : { name }),
      ...(role === apiUser.role ? {} : { role }),
      ...(sameScopes ? {} : { scopes: [...scopes] }),
      ...(sameDevices(devices, apiUser.devices) ? {} : { devices: own }),
    })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await save()
    setErrors(result.ok ? {} : result.fields)
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{name.trim()}</bdi> is {apiUser === null ? 'made' : 'changed'}
      </>,
    )
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          {apiUser === null ? (
            'New API user'
          ) : (
            <>
              Edit <bdi>{apiUser.name}</bdi>
            </>
          )}
        </DialogTitle>
        <DialogDescription>
          {apiUser === null ? (
            <>
              It acts for <bdi>{organization.name}</bdi> by tokens, which never hold more than it does.
            </>
          ) : (
            'What changes here counts for its tokens at once.'
          )}
        </DialogDescription>
      </DialogHeader>
      <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          <Field label="Name" hint="What is it? A name you'll recognise in a year." error={errors['name']}>
            <Input value={name} autoComplete="off" dir="auto" onChange={(event) => setName(event.target.value)} />
          </Field>
          <RoleField
            value={role}
            onChange={(next) => {
              setRole(next)
              setScopes(next === apiUser?.role ? apiUser.scopes : presetOf(next))
            }}
            hint={HINT[role]}
            error={errors['role']}
          />
          <ScopesField
            options={options[role]}
            carried={role === apiUser?.role ? apiUser.scopes : []}
            chosen={scopes}
            onChange={setScopes}
            error={errors['scopes']}
          />
          {devicesUrl !== null && (
            <DevicesField url={devicesUrl} value={devices} onChange={setDevices} error={errors['devices']} />
          )}
          {apiUser !== null && <Loss apiUser={apiUser} scopes={scopes} devices={devices} />}
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb={apiUser === null ? 'Create' : 'Save'} pending={pending} />
      </form>
    </>
  )
}

/** What its active tokens lose; nothing where it has none, or they lose nothing. */
function Loss({
  apiUser,
  scopes,
  devices,
}: {
  apiUser: ApiUserView
  scopes: readonly string[]
  devices: readonly string[] | null
}) {
  const gone = apiUser.scopes.filter((scope) => !scopes.includes(scope))
  const fewer = narrower(apiUser.devices, devices)
  if (apiUser.activeTokens === 0 || (gone.length === 0 && !fewer)) return null
  return (
    <Notice role="status">
      {gone.length > 0 && (
        <p>
          <TokensOf apiUser={apiUser} /> can no longer use {gone.join(', ')}.
        </p>
      )}
      {fewer && (
        <p>
          <TokensOf apiUser={apiUser} /> will reach fewer devices.
        </p>
      )}
    </Notice>
  )
}
