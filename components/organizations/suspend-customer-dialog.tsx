'use client'

import { CirclePause } from 'lucide-react'
import { type Hits, useCustomerHits } from '#components/organizations/use-customer-hits'
import { DialogBody, DialogDescription, DialogFormFoot, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { CustomerActions, CustomerView } from '#lib/organizations/view'

/** Asks before all tokens of an organization and of those below it are refused, and counts them. */
export function SuspendCustomerDialog({
  customer,
  actions,
  close,
}: {
  customer: CustomerView
  actions: Pick<CustomerActions, 'suspendCustomer'>
  close: () => void
}) {
  const { run, pending, failure } = useAction(actions.suspendCustomer)
  const hits = useCustomerHits(customer.slug, null)
  const submit = async () => {
    const result = await run({ organizationId: customer.id })
    if (!result.ok) return
    toastDone(
      <>
        <bdi>{customer.name}</bdi> is suspended
      </>,
    )
    close()
  }
  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Suspend <bdi>{customer.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          Every verifier refuses its tokens{customer.kind === 'reseller' && ', and those of all below it,'} at once.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <p role="status" className="text-soft">
          <WhatStops hits={hits} /> Resuming brings them back. Until then nothing new is made or revealed there.
        </p>
        <FailureNotice failure={failure} />
      </DialogBody>
      <DialogFormFoot
        variant="danger"
        verb="Suspend"
        icon={<CirclePause aria-hidden />}
        pending={pending}
        onPress={() => void submit()}
      />
    </>
  )
}

function WhatStops({ hits }: { hits: Hits | null }) {
  if (hits === null || hits === 'asking') return 'Counting what stops …'
  if (hits === 'failed') return 'What stops could not be counted.'
  const { working: tokens, organizations } = hits
  const where =
    organizations > 0 &&
    `, here and in ${organizations} ${organizations === 1 ? 'organization' : 'organizations'} below it`
  if (tokens === 0) return <>No active token stops{where}.</>
  return (
    <>
      <strong className="text-text">
        {tokens} active {tokens === 1 ? 'token stops' : 'tokens stop'}
      </strong>
      {where}.
    </>
  )
}
