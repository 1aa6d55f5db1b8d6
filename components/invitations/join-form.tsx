'use client'

import { useState } from 'react'
import type { AcceptActions } from '#components/invitations/accept-invitation'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { Notice } from '#components/ui/notice'
import { useAction } from '#components/ui/use-action'

/** For people who are signed in: says as whom, and asks where the invitation is to another address. */
export function JoinForm({
  link,
  email,
  signedInAs,
  joinByInvitation,
  signOut,
  accepted,
}: {
  link: string
  email: string
  signedInAs: string
  joinByInvitation: AcceptActions['joinByInvitation']
  signOut: AcceptActions['signOut']
  accepted: (redirectTo: string) => void
}) {
  const { run, pending, failure } = useAction(joinByInvitation)
  const leave = useAction(signOut)
  const [leaving, setLeaving] = useState(false)
  const isTheirs = email.toLowerCase() === signedInAs.toLowerCase()

  const join = async () => {
    const result = await run({ link, as: signedInAs })
    if (!result.ok) return
    setLeaving(true)
    accepted(result.data.redirectTo)
  }
  const change = async () => {
    const result = await leave.run(null)
    // The tab keeps the link.
    if (result.ok) window.location.assign('/invite')
  }

  return (
    <div className="flex flex-col gap-4.5">
      {isTheirs ? (
        <p className="text-soft">
          You are signed in as <b className="font-semibold text-text">{signedInAs}</b>.
        </p>
      ) : (
        <Notice>
          The invitation is to {email}, and you are signed in as {signedInAs}. Accept it with this account, or sign out
          to use another.
        </Notice>
      )}
      <FailureNotice failure={failure} />
      <FailureNotice failure={leave.failure} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" pending={pending || leaving} onClick={join} className="max-w-full whitespace-normal">
          Accept as {signedInAs}
        </Button>
        <Button pending={leave.pending} onClick={change}>
          Sign out
        </Button>
      </div>
    </div>
  )
}
