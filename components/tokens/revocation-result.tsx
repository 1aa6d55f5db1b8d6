'use client'

import { Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { formatClockZone } from '#components/time/format'
import { useClock } from '#components/time/now'
import { AskLink } from '#components/tokens/limit-notice'
import { successOf } from '#components/tokens/messages'
import { RefusalSentence, SilenceSentence } from '#components/tokens/refusal-sentence'
import { UnreadNote } from '#components/tokens/unread-note'
import { useProof } from '#components/tokens/use-proof'
import { VerifierAnswers } from '#components/tokens/verifier-answers'
import { Button } from '#components/ui/button'
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenFormOptions, TokenView } from '#lib/tokens/view'
import type { Proof, Revoked } from '#lib/verifiers/view'

/**
 * What came of revoking a token: which verifiers refuse it, each as its answer comes in. It stands beside the page, which
 * stays in use. `closed` runs when it is gone from sight.
 */
export function RevocationResult({
  token,
  revoked,
  ask,
  restoreToken,
  closed,
}: {
  token: Pick<TokenView, 'id' | 'kind' | 'name'>
  revoked: Revoked & { readonly proof: Proof | null }
  ask: TokenFormOptions['ask']
  restoreToken: TokenActions['restoreToken']
  closed: () => void
}) {
  const [open, setOpen] = useState(true)
  const done = useRef<HTMLButtonElement>(null)
  const { seen, unread, retry } = useProof([revoked.revocation], revoked.proof)
  const restoring = useAction(restoreToken)

  const restore = async () => {
    const result = await restoring.run({ tokenId: token.id })
    if (!result.ok) return
    toastDone(successOf(token, 'restored'))
    setOpen(false)
  }

  return (
    <Dialog modal={false} open={open} onOpenChange={setOpen}>
      <DialogContent
        beside
        onOpenAutoFocus={(event) => {
          event.preventDefault()
          done.current?.focus()
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          closed()
        }}
      >
        <DialogHeader role="status">
          <DialogTitle>{successOf(token, 'revoked')}</DialogTitle>
          <DialogDescription>
            <RefusalSentence seen={seen} unread={unread} was="was">
              <bdi className="[overflow-wrap:anywhere]">{token.name}</bdi>
            </RefusalSentence>
          </DialogDescription>
          {seen !== null && (
            <p className="mt-1 text-soft empty:hidden">
              <SilenceSentence seen={seen} it="it" />
            </p>
          )}
        </DialogHeader>
        <DialogBody>
          {seen !== null && seen.proof.verifiers.length > 0 && <VerifierAnswers seen={seen} />}
          {unread && <UnreadNote retry={retry} />}
          {seen !== null && <By at={seen.proof.at} />}
          <FailureNotice
            failure={restoring.failure}
            more={restoring.failure?.code === 'token_limit' && ask && <AskLink ask={ask} />}
          />
        </DialogBody>
        <DialogFooter>
          {revoked.restorable && (
            <Button variant="quiet" className="mr-auto -ml-2.5" pending={restoring.pending} onClick={restore}>
              <Undo2 aria-hidden />
              Restore
            </Button>
          )}
          <DialogClose asChild>
            <Button ref={done}>Done</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

function By({ at }: { at: number }) {
  const time = useClock((_, timeZone) => formatClockZone(new Date(at), timeZone))
  return <p className="text-muted text-small">Revoked by you at {time}.</p>
}
