'use client'

import { Lock } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { EditOwnOrganizationInput } from '#lib/organizations/schema'
import type { OwnOrganization } from '#lib/organizations/view'
import type { Action } from '#lib/result'

/** Name and contact of an organization; its slug never changes. */
export function OrganizationForm({
  organization,
  editOrganization,
}: {
  organization: OwnOrganization
  editOrganization: Action<EditOwnOrganizationInput, null>
}) {
  const { run, pending, failure } = useAction(editOrganization)
  const [name, setName] = useState(organization.name)
  const [contact, setContact] = useState(organization.contact ?? '')
  const form = useInvalidFocus(failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await run({ organizationId: organization.id, name, contact })
    if (result.ok) toastDone('Organization saved')
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="grid max-w-[28rem] gap-4.5">
      <Field label="Name" error={failure?.fields['name']}>
        <Input name="name" value={name} autoComplete="off" dir="auto" onChange={(e) => setName(e.target.value)} />
      </Field>
      <Field
        label="Contact"
        hint="An e-mail address, or a URL that begins with https://. It stands behind “Ask” where people reach a limit of yours."
        error={failure?.fields['contact']}
      >
        <Input name="contact" value={contact} autoComplete="off" onChange={(e) => setContact(e.target.value)} />
      </Field>
      <div>
        <p className="text-label">Slug</p>
        <p className="mt-1.5 flex items-center gap-2 [overflow-wrap:anywhere]">
          <Lock aria-hidden className="icon-small text-muted" />
          <span className="text-mono">{organization.slug}</span>
        </p>
        <p className="mt-1 text-muted text-small">It stands in every link, so it cannot be changed.</p>
      </div>
      <FailureNotice failure={failure} />
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          Save
        </Button>
      </div>
    </form>
  )
}
