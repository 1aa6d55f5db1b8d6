'use client'

import { Lock } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Panel } from '#components/ui/panel'
import { TextLink } from '#components/ui/text-link'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import { useInvalidFocus } from '#components/ui/use-invalid-focus'
import type { EditProfileInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'

type Membership = { readonly slug: string; readonly name: string; readonly role: 'admin' | 'member' | 'viewer' }

/** Name and e-mail address of a person, and where they are a member. */
export function ProfilePanel({
  person,
  organizations,
  editProfile,
}: {
  person: { readonly name: string; readonly email: string }
  organizations: readonly Membership[]
  editProfile: Action<EditProfileInput, null>
}) {
  const { run, pending, failure } = useAction(editProfile)
  const [name, setName] = useState(person.name)
  const form = useInvalidFocus(failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await run({ name })
    if (result.ok) toastDone('Profile saved')
  }

  return (
    <div className="grid max-w-[760px] gap-3.5">
      <Panel heading="About you">
        <form ref={form} noValidate onSubmit={submit} className="grid gap-4.5">
          <Field label="Name" hint="As others see you." error={failure?.fields['name']} className="max-w-[28rem]">
            <Input name="name" value={name} autoComplete="name" dir="auto" onChange={(e) => setName(e.target.value)} />
          </Field>
          <div>
            <p className="text-label">Email</p>
            <p className="mt-1.5 flex items-center gap-2 [overflow-wrap:anywhere]">
              <Lock aria-hidden className="icon-small text-muted" />
              {person.email}
            </p>
            <p className="mt-1 text-muted text-small">You sign in with it. It cannot be changed.</p>
          </div>
          <FailureNotice failure={failure} />
          <div>
            <Button type="submit" variant="primary" pending={pending}>
              Save
            </Button>
          </div>
        </form>
      </Panel>
      <Panel heading="Member of">
        {organizations.length === 0 ? (
          <p className="text-soft">No organization. Ask an admin of yours for an invitation.</p>
        ) : (
          <ul className="divide-y">
            {organizations.map((each) => (
              <li key={each.slug} className="flex flex-wrap justify-between gap-x-4 py-2 first:pt-0 last:pb-0">
                <TextLink href={`/o/${each.slug}/tokens`} className="[overflow-wrap:anywhere]">
                  <bdi>{each.name}</bdi>
                </TextLink>
                <span className="text-muted">{ROLE_WORDS[each.role]}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
