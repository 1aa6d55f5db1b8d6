'use client'

import { type FormEvent, useState } from 'react'
import type { InvitationActions } from '#components/invitations/actions'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { Checkbox } from '#components/ui/checkbox'
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
import { Segmented } from '#components/ui/segmented'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { InvitationsView, Invited } from '#lib/invitations/view'

export type InvitingTo = Omit<InvitationsView, 'invitations'>
export type DeviceChoice = { readonly id: string; readonly name: string }

type Role = keyof typeof ROLE_WORDS
const ROLES = ['viewer', 'member', 'admin'] as const
const MAY: Readonly<Record<Role, string>> = {
  viewer: 'Sees tokens, masked, and their use.',
  member: 'Also reveals and copies organization tokens.',
  admin: 'Also makes, rotates, revokes and deletes them, and manages members.',
}

/** Whom to invite as what; `invited` is given what became of it. */
export function InviteMemberForm({
  to,
  devices,
  inviteMember,
  invited,
}: {
  to: InvitingTo
  devices: readonly DeviceChoice[]
  inviteMember: InvitationActions['inviteMember']
  invited: (email: string, result: Invited) => void
}) {
  const { run, pending, failure } = useAction(inviteMember)
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>(to.hasAdmin ? 'member' : 'admin')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const form = useInvalidFocus(failure)
  const fields = failure?.fields ?? {}

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const narrowed = chosen.length === 0 ? {} : { devices: [...chosen] }
    const result = await run({ organizationId: to.organizationId, email: email.trim(), role, ...narrowed })
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
          <Field label="Role" hint={MAY[role]} error={fields['role']} group>
            <Segmented
              value={role}
              onValueChange={setRole}
              options={ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }))}
            />
          </Field>
          {devices.length > 0 && (
            <DevicesField devices={devices} chosen={chosen} onChange={setChosen} error={fields['devices']} />
          )}
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb="Invite" pending={pending} />
      </form>
    </>
  )
}

function DevicesField({
  devices,
  chosen,
  onChange,
  error,
}: {
  devices: readonly DeviceChoice[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
  error: string | undefined
}) {
  return (
    <Field
      label="Devices"
      hint="None chosen: not narrowed to devices."
      aside={chosen.length === 0 ? undefined : `${chosen.length} chosen`}
      error={error}
      group
    >
      <ul className="max-h-48 overflow-y-auto rounded-control border px-3 py-1.5">
        {devices.map(({ id, name }) => (
          <li key={id}>
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is in it */}
            <label className="flex min-h-8 items-center gap-2.5 touch:min-h-11">
              <Checkbox
                checked={chosen.includes(id)}
                onCheckedChange={(checked) =>
                  onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                }
              />
              <bdi className="min-w-0 [overflow-wrap:anywhere]">{name}</bdi>
            </label>
          </li>
        ))}
      </ul>
    </Field>
  )
}

function consequence({ organizationName: name, standing, hasAdmin, sendsMail }: InvitingTo, role: Role): string {
  if (standing === 'both' && hasAdmin)
    return `You are an admin above ${name} too, so it waits until another admin of ${name} approves it.`
  if (standing === 'above' && hasAdmin) return `It waits until an admin of ${name} approves it.`
  if (standing === 'above' && role !== 'admin') return `It waits until ${name} has an admin who approves it.`
  return sendsMail
    ? 'A link goes to them by mail. It works once, within 72 hours.'
    : 'You get a link to hand over. It works once, within 72 hours.'
}
