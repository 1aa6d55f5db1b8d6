'use client'

import { type FormEvent, useState } from 'react'
import { DevicesField } from '#components/devices/devices-field'
import { sameDevices } from '#components/devices/narrower'
import type { MemberActions } from '#components/members/member-actions'
import { RoleField } from '#components/members/role-field'
import { MAY, takenAway } from '#components/members/taken-away'
import {
  DialogBody,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
  dialogForm,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Notice } from '#components/ui/notice'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { MemberPage, MemberView } from '#lib/members/view'

/** Another role or other devices for a member; what it takes away is said before it is saved. */
export function EditMemberDialog({
  member: present,
  organization,
  devicesUrl,
  scopes,
  actions,
  close,
}: {
  member: MemberView
  organization: { readonly id: string; readonly name: string }
  devicesUrl: string | null
  scopes: MemberPage['scopes']
  actions: Pick<MemberActions, 'changeMember'>
  close: () => void
}) {
  const { run, pending, failure } = useAction(actions.changeMember)
  // As they were when the dialog opened, so that a change from elsewhere is not sent back as one from here.
  const [member] = useState(present)
  const [role, setRole] = useState(member.role)
  const [chosen, setChosen] = useState(member.devices)
  const devices = role === 'admin' ? null : chosen
  const lost = takenAway(member, { role, devices }, scopes)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const change = {
      ...(role === member.role ? {} : { role }),
      ...(sameDevices(devices, member.devices) ? {} : { devices: devices === null ? null : [...devices] }),
    }
    if (Object.keys(change).length === 0) return close()
    const result = await run({ organizationId: organization.id, userId: member.id, ...change })
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{member.name}</bdi> is changed
      </>,
    )
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Edit <bdi>{member.name}</bdi>
        </DialogTitle>
        <DialogDescription>
          {member.self && 'This is you. '}What changes here counts in <bdi>{organization.name}</bdi> alone, at once.
        </DialogDescription>
      </DialogHeader>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          <RoleField value={role} onChange={setRole} hint={MAY[role]} error={failure?.fields['role']} />
          {devicesUrl !== null && role !== 'admin' && (
            <DevicesField url={devicesUrl} value={chosen} onChange={setChosen} error={failure?.fields['devices']} />
          )}
          {lost.length > 0 && (
            <Notice role="status">
              {lost.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </Notice>
          )}
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb="Save" pending={pending} />
      </form>
    </>
  )
}
