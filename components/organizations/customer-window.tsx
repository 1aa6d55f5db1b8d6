'use client'

import { CloseCustomerDialog } from '#components/organizations/close-customer-dialog'
import { EditCustomerDialog } from '#components/organizations/edit-customer-dialog'
import { NewCustomerDialog } from '#components/organizations/new-customer-dialog'
import { SuspendCustomerDialog } from '#components/organizations/suspend-customer-dialog'
import { DialogFrame } from '#components/tokens/dialog-frame'
import type { CustomerActions, CustomerFormOptions, CustomerView } from '#lib/organizations/view'

export type CustomerDialogState =
  | { readonly kind: 'new' }
  | { readonly kind: 'edit' | 'suspend' | 'close'; readonly customer: CustomerView }

type Contents = {
  state: CustomerDialogState
  options: CustomerFormOptions
  actions: CustomerActions
  close: () => void
}

/** The window of all dialogs about customers. `opening` tells one opening from the next: each begins anew. */
export function CustomerWindow({
  open,
  opening,
  closed,
  ...contents
}: Contents & { open: boolean; opening: number; closed: () => void }) {
  return (
    <DialogFrame open={open} width="default" onClose={contents.close} closed={closed}>
      <Shown key={opening} {...contents} />
    </DialogFrame>
  )
}

function Shown({ state, ...common }: Contents) {
  switch (state.kind) {
    case 'new':
      return <NewCustomerDialog {...common} />
    case 'edit':
      return <EditCustomerDialog {...common} customer={state.customer} />
    case 'suspend':
      return <SuspendCustomerDialog {...common} customer={state.customer} />
    case 'close':
      return <CloseCustomerDialog {...common} customer={state.customer} />
  }
}
