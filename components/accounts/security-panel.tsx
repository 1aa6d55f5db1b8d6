import { PasswordForm } from '#components/accounts/password-form'
import { SessionList } from '#components/accounts/session-list'
import { Panel } from '#components/ui/panel'
import type { ChangePasswordInput, EndSessionInput } from '#lib/accounts/schema'
import type { SessionView } from '#lib/accounts/view'
import type { Action } from '#lib/result'

export type SecurityActions = {
  readonly changePassword: Action<ChangePasswordInput, null>
  readonly endSession: Action<EndSessionInput, null>
  /** Ends this session too. */
  readonly signOutEverywhere: Action<null, { redirectTo: string }>
}

/** The password of a person, and where they are signed in. */
export function SecurityPanel({
  email,
  sessions,
  actions,
}: {
  email: string
  sessions: readonly SessionView[]
  actions: SecurityActions
}) {
  return (
    <div className="grid max-w-[760px] gap-3.5">
      <Panel heading="Password">
        <PasswordForm email={email} changePassword={actions.changePassword} />
      </Panel>
      <Panel heading="Sessions">
        <SessionList
          sessions={sessions}
          endSession={actions.endSession}
          signOutEverywhere={actions.signOutEverywhere}
        />
      </Panel>
    </div>
  )
}
