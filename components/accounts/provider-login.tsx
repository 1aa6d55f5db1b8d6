'use client'

import { useState } from 'react'
import { ConfirmDialog } from '#components/accounts/confirm-dialog'
import { Day } from '#components/time/instant'
import { Button } from '#components/ui/button'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { ConfirmIdentityInput } from '#lib/accounts/schema'
import type { WaysIn } from '#lib/accounts/view'
import type { Action } from '#lib/result'

export type LoginActions = {
  readonly linkLogin: Action<null, { redirectTo: string }>
  readonly unlinkLogin: Action<null, null>
  readonly confirmIdentity: Action<ConfirmIdentityInput, null>
}

/** Links one's login at the provider, or unlinks it where that leaves a way to sign in. */
export function ProviderLogin({ name, ways, actions }: { name: string; ways: WaysIn; actions: LoginActions }) {
  const link = useAction(actions.linkLogin)
  const unlink = useAction(actions.unlinkLogin)
  const [leaving, setLeaving] = useState(false)
  const isLinked = ways.loginSince !== null
  const { run, failure, pending, clear } = isLinked ? unlink : link
  const asks = failure?.code === 'confirmation_required'
  const verb = `${isLinked ? 'Unlink' : 'Link'} ${name}`

  const act = async () => {
    const result = await run(null)
    if (!result.ok) return
    if (result.data === null) return toastDone(`${name} is unlinked. You sign in with your password.`)
    setLeaving(true)
    window.location.assign(result.data.redirectTo)
  }

  return (
    <div className="grid gap-3">
      <p className="text-soft">
        <Standing name={name} ways={ways} />
      </p>
      {!asks && <FailureNotice failure={failure} />}
      {(ways.password || !isLinked) && (
        <div>
          <Button pending={pending || leaving} onClick={act}>
            {verb}
          </Button>
        </div>
      )}
      <ConfirmDialog open={asks} title={verb} close={clear} confirmIdentity={actions.confirmIdentity} confirmed={act} />
    </div>
  )
}

function Standing({ name, ways: { password, loginSince } }: { name: string; ways: WaysIn }) {
  if (loginSince === null)
    return `Not linked: your ${name} login does not open this account, whatever its e-mail address is.`
  return (
    <>
      One {name} login is linked since <Day at={loginSince} />
      {password
        ? ': you sign in by it or with your password.'
        : ', and the only way in: set a password before you unlink it.'}
    </>
  )
}
