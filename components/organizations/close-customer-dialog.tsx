'use client'

import { Building2 } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type Hits, useCustomerHits } from '#components/organizations/use-customer-hits'
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
import type { CustomerActions, CustomerView } from '#lib/organizations/view'

/** Asks before an organization is gone for good: counts what it hits, and has its name typed. */
export function CloseCustomerDialog({
  customer,
  actions,
  close,
}: {
  customer: CustomerView
  actions: Pick<CustomerActions, 'closeCustomer'>
  close: () => void
}) {
  const { run, pending, failure } = useAction(actions.closeCustomer)
  const form = useRef<HTMLFormElement>(null)
  const hits = useCustomerHits(customer.slug, null)
  const [name, setName] = useState('')
  const [errors, setErrors] = useState<FieldErrors>({})

  useEffect(() => {
    if (Object.keys(errors).length > 0) focusFirstInvalid(form.current)
  }, [errors])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await run({ organizationId: customer.id, name })
    setErrors(result.ok ? {} : result.fields)
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{customer.name}</bdi> is closed
      </>,
    )
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Close <bdi>{customer.name}</bdi>?
        </DialogTitle>
        <DialogDescription>It can&apos;t be opened again, and its slug is never used again.</DialogDescription>
      </DialogHeader>
      <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
        <DialogBody>
          <p role="status" className="text-soft">
            <WhatItHits hits={hits} />
          </p>
          <Field
            label={
              <>
                Type <bdi>{customer.name}</bdi> to close it
              </>
            }
            error={errors['name']}
          >
            <Input value={name} autoComplete="off" dir="auto" onChange={(event) => setName(event.target.value)} />
          </Field>
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot variant="danger" verb="Close customer" icon={<Building2 aria-hidden />} pending={pending} />
      </form>
    </>
  )
}

function WhatItHits({ hits }: { hits: Hits | null }) {
  if (hits === null || hits === 'asking') return 'Counting what it hits …'
  if (hits === 'failed') return 'What it hits could not be counted. Its tokens are revoked, with everything below.'
  const { organizations, tokens, members } = hits
  return (
    <>
      <strong className="inline-block text-text first-letter:uppercase">
        {counted(tokens, 'active token is', 'active tokens are')}
      </strong>{' '}
      revoked
      {organizations > 0 && (
        <>
          , <strong className="text-text">{counted(organizations, 'organization', 'organizations')}</strong> below it{' '}
          {organizations === 1 ? 'closes' : 'close'} too
        </>
      )}
      , and <strong className="text-text">{counted(members, 'member loses', 'members lose')}</strong> access.
    </>
  )
}

const counted = (count: number, one: string, many: string) =>
  `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`
