'use client'

import { Clock, Hourglass, type LucideIcon, Mail, Send } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useId, useRef, useState } from 'react'
import type { InvitationActions } from '#components/invitations/actions'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { UntilExact } from '#components/time/deadline'
import { Instant } from '#components/time/instant'
import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { InvitationView, Invited } from '#lib/invitations/view'

type Actions = Pick<InvitationActions, 'approveInvitation' | 'resendInvitation' | 'withdrawInvitation'>

const LinkWindow = dynamic(() => import('#components/invitations/link-window').then((module) => module.LinkWindow), {
  ssr: false,
})

/** The invitations that nobody has accepted yet, each with what can be done about it; nothing where there is none. */
export function OpenInvitations({
  invitations,
  organizationName,
  actions,
}: {
  invitations: readonly InvitationView[]
  organizationName: string
  actions: Actions
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const from = useRef<HTMLElement | null>(null)
  const [given, setGiven] = useState<{ email: string; link: string } | null>(null)
  const [open, setOpen] = useState(false)
  if (invitations.length === 0 && given === null) return null

  const became = (email: string, { link }: Invited, message: string) => {
    if (link === null) return toastDone(message)
    from.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    setGiven({ email, link })
    setOpen(true)
  }
  const back = () => (from.current?.isConnected ? from.current : heading.current)?.focus()

  return (
    <section aria-labelledby="open-invitations" className="mb-7">
      <h2 ref={heading} id="open-invitations" tabIndex={-1} className="text-section">
        Open invitations
      </h2>
      <ul aria-labelledby="open-invitations" className="mt-1 divide-y">
        {invitations.map((invitation) => (
          <Invitation
            key={invitation.id}
            invitation={invitation}
            organizationName={organizationName}
            actions={actions}
            became={became}
            gone={() => heading.current?.focus()}
          />
        ))}
      </ul>
      {given !== null && (
        <LinkWindow
          {...given}
          open={open}
          close={() => setOpen(false)}
          closed={() => {
            setGiven(null)
            back()
          }}
        />
      )}
    </section>
  )
}

function Invitation({
  invitation,
  organizationName,
  actions,
  became,
  gone,
}: {
  invitation: InvitationView
  organizationName: string
  actions: Actions
  became: (email: string, invited: Invited, message: string) => void
  gone: () => void
}) {
  const { id, email, role, devices, invitedBy, fromAbove, createdAt, mayApprove, mayResend } = invitation
  const approve = useAction(actions.approveInvitation)
  const resend = useAction(actions.resendInvitation)
  const withdraw = useAction(actions.withdrawInvitation)
  const details = useId()

  const send = async (verb: typeof approve, message: string) => {
    const result = await verb.run({ invitationId: id })
    if (result.ok) became(email, result.data, message)
    else toastFailure(result)
  }
  const end = async () => {
    const result = await withdraw.run({ invitationId: id })
    if (!result.ok) return toastFailure(result)
    toastDone(`Invitation of ${email} withdrawn`)
    gone()
  }

  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="font-medium [overflow-wrap:anywhere]">{waitingFor(invitation, organizationName)}</p>
        <p id={details} className="text-muted text-small [overflow-wrap:anywhere]">
          {ROLE_WORDS[role]}
          {devices !== null && `, ${devices} ${devices === 1 ? 'device' : 'devices'}`}, invited by{' '}
          <bdi>{invitedBy.name}</bdi>
          {fromAbove !== null && (
            <>
              {' '}
              of <bdi>{fromAbove}</bdi>
            </>
          )}{' '}
          <Instant at={createdAt} inSentence />
        </p>
        <State invitation={invitation} />
      </div>
      <div className="flex flex-wrap gap-2">
        {mayApprove && (
          <Button
            size="small"
            pending={approve.pending}
            aria-label={`Approve invitation of ${email}`}
            aria-describedby={details}
            onClick={() => send(approve, `Invitation of ${email} approved`)}
          >
            Approve
          </Button>
        )}
        {mayResend && (
          <Button
            size="small"
            pending={resend.pending}
            aria-label={`Resend invitation to ${email}`}
            aria-describedby={details}
            onClick={() => send(resend, `Invitation sent to ${email} again`)}
          >
            Resend
          </Button>
        )}
        <Button
          size="small"
          pending={withdraw.pending}
          aria-label={`Withdraw invitation of ${email}`}
          aria-describedby={details}
          onClick={end}
        >
          Withdraw
        </Button>
      </div>
    </li>
  )
}

const waitingFor = ({ email, state }: InvitationView, organizationName: string) =>
  state === 'approval'
    ? `Waiting for an admin of ${organizationName} to approve ${email}`
    : `Waiting for ${email} to accept`

function State({ invitation: { state, expiresAt } }: { invitation: InvitationView }) {
  if (state === 'approval') return <Note Icon={Clock}>Nothing was sent yet.</Note>
  if (state === 'sending') return <Note Icon={Send}>The mail has not gone out yet. It is tried for a day.</Note>
  if (state === 'unsent') return <Note Icon={Send}>It has no link yet. Resend makes one.</Note>
  if (state === 'held') return <Note Icon={Send}>Its mail goes out once the suspension ends.</Note>
  if (expiresAt === null) return null
  return state === 'run-out' ? (
    <Note Icon={Hourglass}>
      Its link ran out <Instant at={expiresAt} inSentence />. Resend makes a new one.
    </Note>
  ) : (
    <Note Icon={Mail}>
      Its link works <UntilExact at={expiresAt} />
    </Note>
  )
}

const Note = ({ Icon, children }: { Icon: LucideIcon; children: React.ReactNode }) => (
  <p className="mt-0.5 flex gap-1.5 text-small text-soft">
    <Icon aria-hidden className="icon-small mt-0.5 shrink-0" />
    <span>{children}</span>
  </p>
)
