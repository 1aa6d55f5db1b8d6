'use client'

import { Trash2 } from 'lucide-react'
import type { DeviceActions } from '#components/devices/device-actions'
import { isOrAre, narrowedWords } from '#components/devices/device-words'
import { DialogBody, DialogDescription, DialogFormFoot, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { DeviceView } from '#lib/devices/view'

/** Asks before a device is no device any more, and says what is narrowed to it; `gone` tells that it is not. */
export function RemoveDeviceDialog({
  device,
  organizationId,
  actions,
  close,
  gone,
}: {
  device: DeviceView
  organizationId: string
  actions: Pick<DeviceActions, 'removeDevice'>
  close: () => void
  gone: () => void
}) {
  const { run, pending, failure } = useAction(actions.removeDevice)
  const narrowed = narrowedWords(device)

  const submit = async () => {
    const result = await run({ organizationId, deviceId: device.id })
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{device.name}</bdi> is removed
      </>,
    )
    gone()
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Remove <bdi>{device.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          {narrowed === '' ? (
            'Nothing is narrowed to it.'
          ) : (
            <>
              <strong className="text-text">{narrowed}</strong> {isOrAre(device)} narrowed to it.
            </>
          )}
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <p className="text-soft">
          {narrowed === ''
            ? 'Registered again with the same id, it is a device as before.'
            : 'At once they no longer reach it. What reaches no other device then reaches none, until somebody chooses others for it.'}
        </p>
        <FailureNotice failure={failure} />
      </DialogBody>
      <DialogFormFoot
        variant="danger"
        verb="Remove"
        icon={<Trash2 aria-hidden />}
        pending={pending}
        onPress={() => void submit()}
      />
    </>
  )
}
