'use client'

import { useEffect, useState } from 'react'
import { useLinkSecret } from '#components/accounts/use-link-secret'
import { AcceptForm } from '#components/invitations/accept-form'
import { JoinForm } from '#components/invitations/join-form'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { UntilExact } from '#components/time/deadline'
import { Notice } from '#components/ui/notice'
import { TextLink } from '#components/ui/text-link'
import { useAction } from '#components/ui/use-action'
import type { AcceptInvitationInput, JoinByInvitationInput, OpenInvitationInput } from '#lib/invitations/schema'
import type { InvitedTo } from '#lib/invitations/view'
import type { Action } from '#lib/result'

export type AcceptActions = {
  readonly openInvitation: Action<OpenInvitationInput, InvitedTo>
  readonly acceptInvitation: Action<AcceptInvitationInput, { redirectTo: string }>
  readonly acceptByProvider: Action<OpenInvitationInput, { redirectTo: string }>
  readonly joinByInvitation: Action<JoinByInvitationInput, { redirectTo: string }>
  readonly signOut: Action<null, { redirectTo: string }>
}

/** Says who invites to what before anything is typed, then takes a name and a password, or the account at hand. */
export function AcceptInvitation({
  signedInAs,
  provider,
  news,
  actions,
}: {
  signedInAs: string | null
  /** What the provider is called; null: there is none. */
  provider: string | null
  /** How a journey to the provider has just ended. */
  news: string | null
  actions: AcceptActions
}) {
  const { secret: link, forget } = useLinkSecret('tokenry:invite')
  const { run, failure } = useAction(actions.openInvitation)
  const [invited, setInvited] = useState<InvitedTo | null>(null)

  useEffect(() => {
    if (!link) return
    run({ link }).then((result) => setInvited(result.ok ? result.data : null))
  }, [link, run])

  const accepted = (redirectTo: string) => {
    forget()
    window.location.assign(redirectTo)
  }

  return (
    <div className="flex flex-col gap-4.5">
      <h1 className="text-display">Accept invitation</h1>
      {news !== null && (
        <Notice tone="danger" role="alert">
          {news}
        </Notice>
      )}
      {link === null && (
        <Notice tone="plain">
          Open the link from the mail, or the one that was handed to you: accepting needs it, once.
        </Notice>
      )}
      {link && failure && (
        <Notice tone="danger" role="alert">
          <p>{Object.values(failure.fields)[0] ?? failure.message}</p>
          <p className="mt-1.5">
            <TextLink href="/sign-in">Sign in</TextLink>
          </p>
        </Notice>
      )}
      {link && invited && (
        <>
          <Said invited={invited} />
          {signedInAs === null ? (
            <AcceptForm
              link={link}
              email={invited.email}
              provider={provider}
              acceptInvitation={actions.acceptInvitation}
              acceptByProvider={actions.acceptByProvider}
              accepted={accepted}
            />
          ) : (
            <JoinForm
              link={link}
              email={invited.email}
              signedInAs={signedInAs}
              joinByInvitation={actions.joinByInvitation}
              signOut={actions.signOut}
              accepted={accepted}
            />
          )}
        </>
      )}
    </div>
  )
}

function Said({ invited }: { invited: InvitedTo }) {
  const { organizationName, platformName, role, devices, invitedBy, fromAbove, expiresAt } = invited
  return (
    <p className="text-soft [overflow-wrap:anywhere] [&_b]:font-semibold [&_b]:text-text">
      <b>
        <bdi>{invitedBy.name}</bdi>
      </b>{' '}
      ({invitedBy.email})
      {fromAbove !== null && (
        <>
          {' '}
          of{' '}
          <b>
            <bdi>{fromAbove}</bdi>
          </b>
        </>
      )}{' '}
      invites you to{' '}
      <b>
        <bdi>{organizationName}</bdi>
      </b>
      {platformName !== organizationName && (
        <>
          {' '}
          on <bdi>{platformName}</bdi>
        </>
      )}{' '}
      as <b>{ROLE_WORDS[role]}</b>
      {devices !== null && ` for ${devices} ${devices === 1 ? 'device' : 'devices'}`}. The link works once,{' '}
      <UntilExact at={expiresAt} />.
    </p>
  )
}
