'use client'

import { type FormEvent, useState } from 'react'
import { DevicesField } from '#components/devices/devices-field'
import type { InvitationActions } from '#components/invitations/actions'
import { RoleField, type RoleName } from '#components/members/role-field'
import { MAY } from '#components/members/taken-away'
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
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { InvitationsView, Invited } from '#lib/invitations/view'

export type InvitingTo = Omit<InvitationsView, 'invitations'>

/** Whom to invite as what; `invited` is given what became of it. */
export function InviteMemberForm({
  to,
  devicesUrl,
  inviteMember,
  invited,
}: {
  to: InvitingTo
  /** Where devices are looked up; null where there are none. */
  devicesUrl: string | null
  inviteMember: InvitationActions['inviteMember']
  invited: (email: string, result: Invited) => void
}) {
  const { run, pending, failure } = useAction(inviteMember)
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<RoleName>(to.hasAdmin ? 'member' : 'admin')
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const form = useInvalidFocus(failure)
  const fields = failure?.fields ?? {}

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const devices = chosen === null || role === 'admin' ? null : [...chosen]
    const result = await run({ organizationId: to.organizationId, email: email.trim(), role, devices })
    if (result.ok) invited(email.trim(), result.data)
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>Invite member</DialogTitle>
        <DialogDescription>{consequence(to, role)}</DialogDescription>
      </DialogHeader>
      <form ref={form} method="post" className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          <Field label="Email" error={fields['email']}>
            <Input
              name="email"
              type="email"
              inputMode="email"
              autoComplete="off"
              autoCapitalize="none"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <RoleField value={role} onChange={setRole} hint={MAY[role]} error={fields['role']} />
          {devicesUrl !== null && role !== 'admin' && (
            <DevicesField url={devicesUrl} value={chosen} onChange={setChosen} error={fields['devices']} />
          )}
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb="Invite" pending={pending} />
      </form>
    </>
  )
}

function consequence({ organizationName: name, standing, hasAdmin, sendsMail }: InvitingTo, role: RoleName): string {
  if (standing === 'both' && hasAdmin)
    return `You are an admin above ${name} too, so it waits until another admin of ${name} approves it.`
  if (standing === 'above' && hasAdmin) return `It waits until an admin of ${name} approves it.`
  if (standing === 'above' && role !== 'admin') return `It waits until ${name} has an admin who approves it.`
  return sendsMail
    ? 'A link goes to them by mail. It works once, within 72 hours.'
    : 'You get a link to hand over. It works once, within 72 hours.'
}
