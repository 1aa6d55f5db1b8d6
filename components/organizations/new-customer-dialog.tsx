'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { InvitationLink } from '#components/invitations/invitation-link'
import { TierField } from '#components/organizations/tier-field'
import { focusFirstInvalid } from '#components/tokens/focus-first-invalid'
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
import { Segmented } from '#components/ui/segmented'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { FieldErrors } from '#lib/errors'
import { slugOf } from '#lib/organizations/schema'
import type { CustomerActions, CustomerFormOptions } from '#lib/organizations/view'

/** The opening of an organization: a name alone is enough. */
export function NewCustomerDialog({
  options,
  actions,
  close,
}: {
  options: CustomerFormOptions
  actions: Pick<CustomerActions, 'openCustomer'>
  close: () => void
}) {
  const { run, pending, failure } = useAction(actions.openCustomer)
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState({
    name: '',
    // null: as the name suggests.
    slug: null as string | null,
    kind: 'customer' as 'customer' | 'reseller',
    tierId: options.usualTierId ?? '',
    contact: '',
    adminEmail: '',
  })
  const [link, setLink] = useState<string | null>(null)
  const [errors, setErrors] = useState<FieldErrors>({})
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const slug = draft.slug ?? slugOf(draft.name)

  useEffect(() => {
    if (Object.keys(errors).length > 0) focusFirstInvalid(form.current)
  }, [errors])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { name, kind, tierId, contact, adminEmail } = draft
    const result = await run({
      parentId: options.organizationId,
      name,
      slug,
      kind,
      contact,
      adminEmail,
      ...(tierId === '' ? {} : { tierId }),
    })
    setErrors(result.ok ? {} : result.fields)
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{result.data.name}</bdi> is open, with a token Default
      </>,
    )
    if (result.data.invited?.link) setLink(result.data.invited.link)
    else close()
  }

  if (link !== null) return <InvitationLink email={draft.adminEmail} link={link} />
  return (
    <>
      <DialogHeader>
        <DialogTitle>New customer</DialogTitle>
        <DialogDescription>
          It stands below <bdi>{options.organizationName}</bdi> and begins with one token, Default.
        </DialogDescription>
      </DialogHeader>
      <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          {options.suspendedBy !== null && (
            <Notice>
              <bdi>{options.suspendedBy}</bdi> is suspended. Nothing new can be opened here.
            </Notice>
          )}
          <Field label="Name" error={errors['name']}>
            <Input
              value={draft.name}
              autoComplete="off"
              dir="auto"
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <Field label="Slug" hint="Stands in its addresses. It never changes." error={errors['slug']}>
            <Input
              value={slug}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
              onChange={(event) => set({ slug: event.target.value })}
            />
          </Field>
          <Field
            group
            label="Kind"
            hint={options.resellerRefusal ?? 'A reseller has customers of its own.'}
            error={errors['kind']}
          >
            <Segmented
              value={draft.kind}
              onValueChange={(kind) => set({ kind })}
              className="sm:w-60"
              options={[
                { value: 'customer', label: 'Customer' },
                { value: 'reseller', label: 'Reseller', locked: options.resellerRefusal !== null },
              ]}
            />
          </Field>
          <TierField
            tiers={options.tiers}
            grantor={{ name: options.organizationName, tier: options.tier }}
            value={draft.tierId}
            onChange={(tierId) => set({ tierId })}
            error={errors['tierId']}
          />
          <Field
            label="Contact"
            hint="An e-mail address or URL, for those below it who are told to ask. May be empty."
            error={errors['contact']}
          >
            <Input
              value={draft.contact}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => set({ contact: event.target.value })}
            />
          </Field>
          <Field
            label="First admin's email"
            hint="Invited to be its admin. May be empty: then invite somebody on its Members page."
            error={errors['adminEmail']}
          >
            <Input
              type="email"
              value={draft.adminEmail}
              autoComplete="off"
              onChange={(event) => set({ adminEmail: event.target.value })}
            />
          </Field>
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb="Open" pending={pending} />
      </form>
    </>
  )
}
