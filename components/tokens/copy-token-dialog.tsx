'use client'

import { Copy } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { copySecret } from '#components/tokens/copy-secret'
import { useCloseGuard } from '#components/tokens/dialog-frame'
import { oldSecretThen } from '#components/tokens/overlap'
import { revealKey } from '#components/tokens/reveal-key'
import { mints } from '#components/tokens/reveal-of'
import { Button } from '#components/ui/button'
import { DialogClose, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenView } from '#lib/tokens/view'

/**
 * Asks before the row's Copy, since it works once. The secret goes to the clipboard unseen; where the clipboard refuses
 * after the server has answered, `showInstead` opens the reveal, which gets the same secret under the same key.
 */
export function CopyTokenDialog({
  token,
  actions,
  close,
  showInstead,
  again,
}: {
  token: TokenView
  actions: Pick<TokenActions, 'copyToken' | 'finishReveal'>
  close: () => void
  showInstead: () => void
  /** Asks anew: a rotation waits that nobody knew of. */
  again: () => void
}) {
  const { run, pending, failure } = useAction(actions.copyToken)
  const [{ first, rotation }] = useState(() => ({ first: mints(token), rotation: token.rotation }))
  const key = useRef<string>(undefined)

  const copy = async () => {
    key.current ??= revealKey(token, false)
    const asked = { tokenId: token.id, key: key.current }
    const outcome = await copySecret({ ...asked, first }, run(asked), actions.finishReveal)
    if (outcome === 'given') showInstead()
    if (outcome === 'copied') close()
  }

  const overtaken = failure?.code === 'already_revealed' && rotation === null && token.rotation !== null
  const askAnew = useEffectEvent(again)
  useEffect(() => {
    if (overtaken) askAnew()
  }, [overtaken])

  useCloseGuard(() => {
    // Without an answer the secret may have been minted all the same: the reveal asks before it lets go of it.
    if (failure?.code === 'unexpected') showInstead()
    return !pending && failure?.code !== 'unexpected'
  })

  return (
    <>
      <DialogHeader className="pb-6">
        <DialogTitle>
          Copy <bdi>{token.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          This is the only time. Copy now?
          {rotation && ` It is the new secret: the old one ${oldSecretThen(rotation.overlapSeconds)} from then on.`}
        </DialogDescription>
        {failure && (
          <div className="mt-4 -mr-8">
            <FailureNotice failure={failure} />
          </div>
        )}
      </DialogHeader>
      <DialogFooter>
        <DialogClose asChild>
          <Button autoFocus>Cancel</Button>
        </DialogClose>
        {failure?.code !== 'already_revealed' && (
          <Button variant="primary" onClick={copy} pending={pending}>
            <Copy aria-hidden />
            Copy
          </Button>
        )}
      </DialogFooter>
    </>
  )
}
