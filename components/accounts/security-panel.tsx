import { PasswordForm } from '#components/accounts/password-form'
import { type LoginActions, ProviderLogin } from '#components/accounts/provider-login'
import { SessionList } from '#components/accounts/session-list'
import { SetPasswordForm } from '#components/accounts/set-password-form'
import { Notice } from '#components/ui/notice'
import { Panel } from '#components/ui/panel'
import type { ChangePasswordInput, EndSessionInput, SetPasswordInput } from '#lib/accounts/schema'
import type { SessionView, WaysIn } from '#lib/accounts/view'
import type { Action } from '#lib/result'

export type SecurityActions = LoginActions & {
  readonly setPassword: Action<SetPasswordInput, null>
  readonly changePassword: Action<ChangePasswordInput, { stillLinked: string | null }>
  readonly endSession: Action<EndSessionInput, null>
  /** Ends this session too. */
  readonly signOutEverywhere: Action<null, { redirectTo: string }>
}

/** The password of a person, their login at the provider, and where they are signed in. */
export function SecurityPanel({
  email,
  provider,
  ways,
  sendsMail,
  sessions,
  actions,
}: {
  email: string
  /** What the provider is called; null: there is none. */
  provider: string | null
  ways: WaysIn
  /** Whether a link to set a password can be mailed. */
  sendsMail: boolean
  sessions: readonly SessionView[]
  actions: SecurityActions
}) {
  return (
    <div className="grid max-w-[760px] gap-3.5">
      <Panel heading="Password">
        {ways.password ? (
          <PasswordForm email={email} changePassword={actions.changePassword} />
        ) : (
          <div className="grid gap-4.5">
            {ways.loginSince === null && <NoWayIn provider={provider} sendsMail={sendsMail} />}
            <SetPasswordForm
              email={email}
              setPassword={actions.setPassword}
              confirmIdentity={actions.confirmIdentity}
            />
          </div>
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

function NoWayIn({ provider, sendsMail }: { provider: string | null; sendsMail: boolean }) {
  return (
    <Notice tone="danger">
      Nobody can sign in to this account once you are signed out: it has no password,{' '}
      {provider === null ? 'and there is no provider to sign in through.' : `and no ${provider} login is linked.`}{' '}
      {sendsMail
        ? 'Have a link to set a password mailed to you: sign out, and choose “Forgot password?”.'
        : 'Ask whoever runs this Tokenry to have it send mail, and set a password by “Forgot password?” then.'}
    </Notice>
  )
}
