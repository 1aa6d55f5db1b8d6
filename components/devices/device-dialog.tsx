'use client'

import { Lock } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { DeviceActions } from '#components/devices/device-actions'
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
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { DeviceView } from '#lib/devices/view'

/** The registering of a device, or its renaming where there is one. */
export function DeviceDialog({
  device: present,
  organizationId,
  actions,
  close,
}: {
  device: DeviceView | null
  organizationId: string
  actions: Pick<DeviceActions, 'registerDevice' | 'renameDevice'>
  close: () => void
}) {
  const [device] = useState(present)
  const { run, pending, failure } = useAction(device === null ? actions.registerDevice : actions.renameDevice)
  const [deviceId, setDeviceId] = useState(device?.id ?? '')
  const [name, setName] = useState(device?.name ?? '')
  const form = useInvalidFocus(failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await run({ organizationId, deviceId: deviceId.trim(), name })
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{name.trim()}</bdi> is {device === null ? 'registered' : 'renamed'}
      </>,
    )
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          {device === null ? (
            'Register device'
          ) : (
            <>
              Rename <bdi>{device.name}</bdi>
            </>
          )}
        </DialogTitle>
        <DialogDescription>
          {device === null ? 'Rights can be narrowed to it from then on.' : 'What is narrowed to it stays so.'}
        </DialogDescription>
      </DialogHeader>
      <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          {device === null ? (
            <Field
              label="Id"
              hint="As your services name it when they verify: device:<id>. It cannot be changed."
              error={failure?.fields['deviceId']}
            >
              <Input
                value={deviceId}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                onChange={(event) => setDeviceId(event.target.value)}
              />
            </Field>
          ) : (
            <div>
              <p className="text-label">Id</p>
              <p className="mt-1.5 flex items-center gap-2 break-all text-mono">
                <Lock aria-hidden className="icon-small text-muted" />
                {device.id}
              </p>
            </div>
          )}
          <Field label="Name" error={failure?.fields['name']}>
            <Input value={name} autoComplete="off" dir="auto" onChange={(event) => setName(event.target.value)} />
          </Field>
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb={device === null ? 'Register' : 'Rename'} pending={pending} />
      </form>
    </>
  )
}
