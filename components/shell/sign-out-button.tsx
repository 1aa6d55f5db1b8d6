'use client'

import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { useAction } from '#components/ui/use-action'
import type { Action } from '#lib/result'

/** Ends the session and goes where the answer says. */
export function SignOutButton({ signOut }: { signOut: Action<null, { redirectTo: string }> }) {
  const { run, pending } = useAction(signOut)
  const leave = async () => {
    const result = await run(null)
    if (result.ok) window.location.assign(result.data.redirectTo)
    else toastFailure(result)
  }
  return (
    <Button pending={pending} onClick={leave}>
      Sign out
    </Button>
  )
}
