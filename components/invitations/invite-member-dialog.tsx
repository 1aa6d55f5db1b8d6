'use client'

import { UserPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import type { InvitationActions } from '#components/invitations/actions'
import type { InvitingTo } from '#components/invitations/invite-member-form'
import { Button } from '#components/ui/button'
import { toastDone } from '#components/ui/toast'

const Window = dynamic(() => import('#components/invitations/invite-window').then((module) => module.InviteWindow), {
  ssr: false,
})

/** The button "Invite member" and the dialog behind it; `devicesUrl` is where devices are looked up, null where there are none. */
export function InviteMemberDialog({
  to,
  devicesUrl,
  inviteMember,
}: {
  to: InvitingTo
  devicesUrl: string | null
  inviteMember: InvitationActions['inviteMember']
}) {
  const [open, setOpen] = useState(false)
  const [opening, setOpening] = useState(0)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={button}
        variant="primary"
        onClick={() => {
          setOpening((before) => before + 1)
          setOpen(true)
        }}
      >
        <UserPlus aria-hidden />
        Invite member
      </Button>
      {opening > 0 && (
        <Window
          key={opening}
          open={open}
          close={() => setOpen(false)}
          closed={() => button.current?.focus()}
          to={to}
          devicesUrl={devicesUrl}
          inviteMember={inviteMember}
          done={(email, became) => {
            setOpen(false)
            toastDone(
              became === 'mailed'
                ? `Invitation sent to ${email}`
                : `Invitation kept until an admin of ${to.organizationName} approves it`,
            )
          }}
        />
      )}
    </>
  )
}
