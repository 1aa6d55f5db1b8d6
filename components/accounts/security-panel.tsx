import { PasswordForm } from '#components/accounts/password-form'
import { type LoginActions, ProviderLogin } from '#components/accounts/provider-login'
import { SessionList } from '#components/accounts/session-list'
import { SetPasswordForm } from '#components/accounts/set-password-form'
import { Panel } from '#components/ui/panel'
import type { ChangePasswordInput, EndSessionInput, SetPasswordInput } from '#lib/accounts/schema'
import type { SessionView } from '#lib/accounts/view'
import type { Action } from '#lib/result'

export type SecurityActions = LoginActions & {
  readonly setPassword: Action<SetPasswordInput, null>
  readonly changePassword: Action<ChangePasswordInput, null>
  readonly endSession: Action<EndSessionInput, null>
  /** Ends this session too. */
  readonly signOutEverywhere: Action<null, { redirectTo: string }>
}

/** The password of a person, their login at the provider, and where they are signed in. */
export function SecurityPanel({
  email,
  provider,
  ways,
  sessions,
  actions,
}: {
  email: string
  /** What the provider is called; null: there is none. */
  provider: string | null
  ways: { readonly password: boolean; readonly login: boolean }
  sessions: readonly SessionView[]
  actions: SecurityActions
}) {
  return (
    <div className="grid max-w-[760px] gap-3.5">
      <Panel heading="Password">
        {ways.password ? (
          <PasswordForm email={email} changePassword={actions.changePassword} />
        ) : (
          <SetPasswordForm email={email} setPassword={actions.setPassword} confirmIdentity={actions.confirmIdentity} />
        )}
      </Panel>
      {provider !== null && (
        <Panel heading={provider}>
          <ProviderLogin name={provider} ways={ways} actions={actions} />
        </Panel>
      )}
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
