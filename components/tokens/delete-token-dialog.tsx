'use client'

import { Trash2 } from 'lucide-react'
import { Instant } from '#components/time/instant'
import { Callers } from '#components/tokens/callers'
import { successOf } from '#components/tokens/messages'
import { DialogBody, DialogDescription, DialogFormFoot, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenView } from '#lib/tokens/view'

/** Asks before a token is gone for good; `gone` tells that it is. */
export function DeleteTokenDialog({
  token,
  actions,
  close,
  gone,
}: {
  token: TokenView
  actions: Pick<TokenActions, 'deleteToken'>
  close: () => void
  gone: () => void
}) {
  const { run, pending, failure } = useAction(actions.deleteToken)

  const submit = async () => {
    const result = await run({ tokenId: token.id })
    if (!result.ok) return
    toastDone(successOf(token, 'deleted'))
    gone()
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>Delete Token</DialogTitle>
        <DialogDescription>
          <strong className="text-text">
            <bdi>{token.name}</bdi>
          </strong>{' '}
          {token.lastUsedAt === null ? (
            'was never used.'
          ) : (
            <>
              was last used <Instant at={token.lastUsedAt} inSentence />.
            </>
          )}
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <p className="text-soft">
          {token.status === 'active' ? 'Every verifier refuses it at once. ' : ''}It can&apos;t be restored. Its audit
          trail stays.
        </p>
        {token.status === 'active' && (
          <section>
            <h3 className="text-label">What stops</h3>
            <Callers of={[token.id]} />
          </section>
        )}
        <FailureNotice failure={failure} />
      </DialogBody>
      <DialogFormFoot
        variant="danger"
        verb="Delete"
        icon={<Trash2 aria-hidden />}
        pending={pending}
        onPress={() => void submit()}
      />
    </>
  )
}
