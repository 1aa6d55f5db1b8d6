'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { TierChange } from '#components/organizations/tier-change'
import { TierField } from '#components/organizations/tier-field'
import { useCustomerHits } from '#components/organizations/use-customer-hits'
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
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { FieldErrors } from '#lib/errors'
import type { EditCustomerInput } from '#lib/organizations/schema'
import type { CustomerActions, CustomerFormOptions, CustomerView } from '#lib/organizations/view'

/** The editing of an organization from above: name, contact, tier and, for platform admins, its token limit. */
export function EditCustomerDialog({
  customer: present,
  options,
  actions,
  close,
}: {
  customer: CustomerView
  options: CustomerFormOptions
  actions: Pick<CustomerActions, 'editCustomer'>
  close: () => void
}) {
  const { run, pending, failure } = useAction(actions.editCustomer)
  const form = useRef<HTMLFormElement>(null)
  // As it was when the dialog opened, so that a change from elsewhere is not sent back as one from here.
  const [customer] = useState(present)
  const [draft, setDraft] = useState(() => draftOf(customer))
  const [errors, setErrors] = useState<FieldErrors>({})
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const { parent } = customer
  const newTier = draft.tierId === customer.tierId ? null : draft.tierId
  const hits = useCustomerHits(newTier === null ? null : customer.slug, newTier)
  const limit = limitThen(customer, draft, options)

  useEffect(() => {
    if (Object.keys(errors).length > 0) focusFirstInvalid(form.current)
  }, [errors])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const limitText = draft.tokenLimit.trim()
    if (limitText !== '' && !/^\d{1,6}$/.test(limitText)) return setErrors({ tokenLimit: 'Enter a whole number.' })
    const input = changesOf(customer, draft)
    if (Object.keys(input).length === 1) return close()
    const result = await run(input)
    setErrors(result.ok ? {} : result.fields)
    if (!result.ok) return
    toastDone('Customer successfully updated')
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>Edit customer</DialogTitle>
        <DialogDescription>
          <strong className="text-text">
            <bdi>{customer.name}</bdi>
          </strong>{' '}
          has {customer.used} of {customer.limit} active tokens.
        </DialogDescription>
      </DialogHeader>
      <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          <Field label="Name" error={errors['name']}>
            <Input
              value={draft.name}
              autoComplete="off"
              dir="auto"
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <Field label="Contact" hint="An e-mail address or URL. May be empty." error={errors['contact']}>
            <Input
              value={draft.contact}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => set({ contact: event.target.value })}
            />
          </Field>
          <TierField
            tiers={options.tiers}
            grantor={{
              name: parent.name,
              tier: parent.rank === null || parent.tier === null ? null : { name: parent.tier, rank: parent.rank },
            }}
            value={draft.tierId}
            onChange={(tierId) => set({ tierId })}
            error={errors['tierId']}
          />
          {options.mayOverrideLimit && (
            <Field
              label="Token limit"
              hint="In place of the tier's. Empty: the tier's own."
              error={errors['tokenLimit']}
              className="sm:w-60"
            >
              <Input
                value={draft.tokenLimit}
                inputMode="numeric"
                autoComplete="off"
                onChange={(event) => set({ tokenLimit: event.target.value })}
              />
            </Field>
          )}
          {(newTier !== null || limit < customer.limit) && <TierChange customer={customer} limit={limit} hits={hits} />}
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb="Save" pending={pending} />
      </form>
    </>
  )
}

type Draft = ReturnType<typeof draftOf>

const draftOf = ({ name, contact, tierId, limitOverride }: CustomerView) => ({
  name,
  contact: contact ?? '',
  tierId,
  tokenLimit: limitOverride === null ? '' : String(limitOverride),
})

/** Only what was changed. */
function changesOf(customer: CustomerView, draft: Draft): EditCustomerInput {
  const before = draftOf(customer)
  const limit = draft.tokenLimit.trim()
  return {
    organizationId: customer.id,
    ...(draft.name === before.name ? {} : { name: draft.name }),
    ...(draft.contact === before.contact ? {} : { contact: draft.contact }),
    ...(draft.tierId === before.tierId ? {} : { tierId: draft.tierId }),
    ...(limit === before.tokenLimit ? {} : { tokenLimit: limit === '' ? null : Number(limit) }),
  }
}

/** The limit that would hold: the number typed, else that of the lower of the chosen tier and what the parent has. */
function limitThen({ parent }: CustomerView, { tierId, tokenLimit }: Draft, { tiers }: CustomerFormOptions): number {
  if (/^\s*\d{1,6}\s*$/.test(tokenLimit)) return Number(tokenLimit)
  const chosen = tiers.find(({ id }) => id === tierId)
  const above = tiers.find(({ name }) => name === parent.tier)
  const capped = above !== undefined && chosen !== undefined && chosen.rank > above.rank ? above : chosen
  return capped?.tokenLimit ?? 0
}
