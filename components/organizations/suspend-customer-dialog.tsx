'use client'

import { CirclePause } from 'lucide-react'
import { DialogBody, DialogDescription, DialogFormFoot, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { CustomerActions, CustomerView } from '#lib/organizations/view'

/** Asks before all tokens of an organization are refused. */
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
        <p className="text-soft">
          {customer.used === 0
            ? 'It has no active token.'
            : `${customer.used} active ${customer.used === 1 ? 'token stops' : 'tokens stop'}.`}{' '}
          Resuming brings them back. Until then nothing new is made or revealed there.
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
