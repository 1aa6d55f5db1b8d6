'use client'

import { useId } from 'react'
import { browserName } from '#components/accounts/browser-name'
import { Instant } from '#components/time/instant'
import { Button } from '#components/ui/button'
import { toastFailure } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { EndSessionInput } from '#lib/accounts/schema'
import type { SessionView } from '#lib/accounts/view'
import type { Action } from '#lib/result'

/** Where a person is signed in: this session first, each of the others with a way to end it. */
export function SessionList({
  sessions,
  endSession,
  signOutEverywhere,
}: {
  sessions: readonly SessionView[]
  endSession: Action<EndSessionInput, null>
  signOutEverywhere: Action<null, { redirectTo: string }>
}) {
  const everywhere = useAction(signOutEverywhere)
  const leave = async () => {
    const result = await everywhere.run(null)
    if (result.ok) window.location.assign(result.data.redirectTo)
    else toastFailure(result)
  }
  const ordered = sessions.toSorted((a, b) => Number(b.current) - Number(a.current))
  return (
    <>
      <ul aria-label="Sessions" className="divide-y">
        {ordered.map((session) => (
          <Session key={session.id} session={session} endSession={endSession} />
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-t pt-4">
        <Button onClick={leave} pending={everywhere.pending}>
          Sign out everywhere
        </Button>
        <p className="text-muted text-small">Ends all of these, this one included.</p>
      </div>
    </>
  )
}

function Session({ session, endSession }: { session: SessionView; endSession: Action<EndSessionInput, null> }) {
  const { run, pending } = useAction(endSession)
  const { id, current, createdAt, lastSeenAt, ip, userAgent } = session
  const name = browserName(userAgent)
  const details = useId()
  const end = async () => {
    const result = await run({ sessionId: id })
    if (result.ok) toastDone('Session ended')
    else toastFailure(result)
  }
  return (
    <li className="flex items-start justify-between gap-4 py-2.5 first:pt-0">
      <div className="min-w-0">
        <p className="font-medium [overflow-wrap:anywhere]" {...(userAgent === null ? {} : { title: userAgent })}>
          {name}
        </p>
        <p id={details} className="text-muted text-small">
          {current ? (
            <strong className="text-text">This session</strong>
          ) : (
            <>
              Last seen <Instant at={lastSeenAt} inSentence />
            </>
          )}
          , signed in <Instant at={createdAt} inSentence />
          {ip !== null && <>, from {ip}</>}
        </p>
      </div>
      {!current && (
        <Button size="small" pending={pending} aria-label={`Sign out ${name}`} aria-describedby={details} onClick={end}>
          Sign out
        </Button>
      )}
    </li>
  )
}
