'use client'

import { InvitationLink } from '#components/invitations/invitation-link'
import { Dialog, DialogContent } from '#components/ui/dialog'

/** A dialog with nothing but the link of an invitation. */
export function LinkWindow({
  email,
  link,
  open,
  close,
  closed,
}: {
  email: string
  link: string
  open: boolean
  close: () => void
  closed: () => void
}) {
  return (
    <Dialog open={open} onOpenChange={(next) => next || close()}>
      <DialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          closed()
        }}
      >
        <InvitationLink email={email} link={link} />
      </DialogContent>
    </Dialog>
  )
}
