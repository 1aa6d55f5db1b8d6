'use client'

import { useState } from 'react'
import type { InvitationActions } from '#components/invitations/actions'
import { InvitationLink } from '#components/invitations/invitation-link'
import { InviteMemberForm, type InvitingTo } from '#components/invitations/invite-member-form'
import { Dialog, DialogContent } from '#components/ui/dialog'

/** The dialog that invites; where a link is to be handed over it turns into that. */
export function InviteWindow({
  open,
  close,
  closed,
  to,
  devicesUrl,
  inviteMember,
  done,
}: {
  open: boolean
  close: () => void
  closed: () => void
  to: InvitingTo
  devicesUrl: string | null
  inviteMember: InvitationActions['inviteMember']
  /** Nothing is left to be handed over. */
  done: (email: string, became: 'mailed' | 'waiting') => void
}) {
  const [given, setGiven] = useState<{ email: string; link: string } | null>(null)
  return (
    <Dialog open={open} onOpenChange={(next) => next || close()}>
      <DialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          setGiven(null)
          closed()
        }}
      >
        {given === null ? (
          <InviteMemberForm
            to={to}
            devicesUrl={devicesUrl}
            inviteMember={inviteMember}
            invited={(email, { became, link }) => {
              if (link !== null) setGiven({ email, link })
              else done(email, became === 'waiting' ? 'waiting' : 'mailed')
            }}
          />
        ) : (
          <InvitationLink {...given} />
        )}
      </DialogContent>
    </Dialog>
  )
}
