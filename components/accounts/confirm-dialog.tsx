'use client'

import { ConfirmIdentity } from '#components/accounts/confirm-identity'
import { Dialog, DialogContent, DialogHeader, DialogTitle } from '#components/ui/dialog'
import type { ConfirmIdentityInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'

/** The dialog that asks who it is, for what stands on a page itself: it opens where that was refused for it. */
export function ConfirmDialog({
  open,
  title,
  close,
  confirmIdentity,
  confirmed,
}: {
  open: boolean
  title: string
  close: () => void
  confirmIdentity: Action<ConfirmIdentityInput, null>
  confirmed: () => Promise<unknown>
}) {
  return (
    <Dialog open={open} onOpenChange={(next) => next || close()}>
      <DialogContent width="narrow" aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
        </DialogHeader>
        <ConfirmIdentity confirmIdentity={confirmIdentity} confirmed={confirmed} />
      </DialogContent>
    </Dialog>
  )
}
