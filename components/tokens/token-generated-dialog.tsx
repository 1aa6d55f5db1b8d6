'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { ConfirmIdentity } from '#components/accounts/confirm-identity'
import { DeadlineDate } from '#components/time/deadline'
import { useCloseGuard } from '#components/tokens/dialog-frame'
import { downloadName } from '#components/tokens/download'
import { HandOver } from '#components/tokens/hand-over'
import { oldSecretThen } from '#components/tokens/overlap'
import { readRevealNote } from '#components/tokens/reveal-key'
import { type Reveal, useReveal } from '#components/tokens/use-reveal'
import { Button } from '#components/ui/button'
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { toastDone } from '#components/ui/toast'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenFormOptions, TokenView } from '#lib/tokens/view'

/**
 * Where a secret is handed over. Nothing is fetched until the first of Copy, Show and Download; who may not reveal reads
 * who can. `created`: it follows the making of the token or a rotation; else it comes from the list, or after a reload.
 * `rotation`: the one that waited when the dialog opened.
 */
export function TokenGeneratedDialog({
  token,
  created,
  rotation,
  options,
  actions,
  close,
  again,
}: {
  token: TokenView
  created: boolean
  rotation: TokenView['rotation']
  options: Pick<TokenFormOptions, 'organizationName' | 'mayReveal'>
  actions: Pick<TokenActions, 'revealToken' | 'finishReveal' | 'confirmIdentity'>
  close: () => void
  /** Opens it anew: a rotation waits that nobody knew of. */
  again: () => void
}) {
  const [note] = useState(() => readRevealNote(token))
  const justMade = created || note?.created === true
  // As it waited when the dialog opened: the list may learn of it later, and forget it with the first answer.
  const reveal = useReveal({ ...token, rotation }, justMade, note, actions)
  const [asking, setAsking] = useState(false)
  const rotated = rotation !== null || (note !== null && note.over !== '')

  const overtaken = reveal.gone && rotation === null && token.rotation !== null
  const openAnew = useEffectEvent(again)
  useEffect(() => {
    if (overtaken) openAnew()
  }, [overtaken])

  useCloseGuard(() => {
    if (reveal.unsaved) {
      // Wishing to close while it asks is no answer to the question: it goes back to before.
      setAsking(!asking)
      return false
    }
    if (!reveal.asked && options.mayReveal && (token.tail === null || rotation !== null))
      toastDone(
        rotation === null
          ? 'Not revealed yet: reveal it from the list'
          : 'Not revealed yet: reveal it from the list. The old secret works until then.',
      )
    reveal.finish()
    return true
  })

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          <Title name={token.name} justMade={justMade} rotated={rotated} />
        </DialogTitle>
        <DialogDescription>
          {rotation !== null && reveal.secret === null ? (
            'The old secret works until the new one is revealed.'
          ) : (
            <Lifetime of={reveal.token} />
          )}
        </DialogDescription>
      </DialogHeader>
      {reveal.failure?.code === 'confirmation_required' ? (
        <ConfirmIdentity confirmIdentity={actions.confirmIdentity} confirmed={reveal.confirmed} />
      ) : (
        <>
          <DialogBody>
            {options.mayReveal ? (
              <HandOver reveal={reveal} rotation={rotation} />
            ) : (
              <Notice tone="plain">
                Only members of <bdi>{options.organizationName}</bdi> can reveal it
                {rotation !== null && `. From then on the old secret ${oldSecretThen(rotation.overlapSeconds)}.`}
              </Notice>
            )}
          </DialogBody>
          {asking && reveal.unsaved ? (
            <AskOnceMore
              keepOpen={() => setAsking(false)}
              closeAnyway={() => {
                reveal.finish()
                close()
              }}
            />
          ) : (
            <DialogFooter>
              <p className="mr-auto min-w-0 text-muted text-small">
                {options.mayReveal && <Outcome reveal={reveal} />}
              </p>
              <DialogClose asChild>
                <Button
                  autoFocus={!options.mayReveal}
                  variant={reveal.saved !== null || reveal.gone || !options.mayReveal ? 'primary' : 'secondary'}
                >
                  Done
                </Button>
              </DialogClose>
            </DialogFooter>
          )}
        </>
      )}
    </>
  )
}

/** What has just happened; a rotation has not made a secret yet. */
function Title({ name, justMade, rotated }: { name: string; justMade: boolean; rotated: boolean }) {
  if (!justMade)
    return (
      <>
        Reveal <bdi>{name}</bdi>
      </>
    )
  if (!rotated) return 'Token generated'
  return (
    <>
      <bdi>{name}</bdi> is rotated
    </>
  )
}

function Lifetime({ of: { name, expiresAt } }: { of: TokenView }) {
  return (
    <>
      <bdi>{name}</bdi>
      {expiresAt === null ? (
        ', never expires'
      ) : (
        <>
          , until <DeadlineDate at={expiresAt} />
        </>
      )}
    </>
  )
}

/** What the three buttons came to, in the foot. */
function Outcome({ reveal: { token, saved, gone } }: { reveal: Reveal }) {
  if (gone) return null
  if (saved === 'copied') return 'Token copied'
  const file = <span className="break-all font-mono">{downloadName(token.name)}</span>
  if (saved === 'downloaded') return <>Saved as {file}</>
  return <>Download saves {file}</>
}

/** Asked in place of the foot, once, before a secret is gone that nobody has kept. */
function AskOnceMore({ keepOpen, closeAnyway }: { keepOpen: () => void; closeAnyway: () => void }) {
  return (
    <DialogFooter role="group" aria-labelledby="ask-once-more">
      <p id="ask-once-more" className="basis-full pb-1 font-medium">
        You have neither copied nor downloaded it.
      </p>
      <Button autoFocus onClick={keepOpen} aria-describedby="ask-once-more">
        Keep open
      </Button>
      <Button variant="danger" onClick={closeAnyway}>
        Close without copying
      </Button>
    </DialogFooter>
  )
}
