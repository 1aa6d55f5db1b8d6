'use client'

import { Ban } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { DeadlineDate } from '#components/time/deadline'
import { Callers } from '#components/tokens/callers'
import { LastUse } from '#components/tokens/last-use'
import { successOf } from '#components/tokens/messages'
import { ReasonField } from '#components/tokens/reason-field'
import { RevocationResult } from '#components/tokens/revocation-result'
import {
  DialogBody,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
  dialogForm,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Notice } from '#components/ui/notice'
import { showOverPage } from '#components/ui/over-page'
import { TickLine } from '#components/ui/tick-line'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenFormOptions, TokenView } from '#lib/tokens/view'

/**
 * Asks before a token is refused everywhere, and says what that hits; then what came of it stands beside the page, also
 * where that changes. `gone` tells that it was deleted as well; `leave` gives what puts the focus back in the end.
 */
export function RevokeTokenDialog({
  token,
  options,
  actions,
  close,
  gone,
  leave,
}: {
  token: TokenView
  options: Pick<TokenFormOptions, 'organizationName' | 'used' | 'ask'>
  actions: Pick<TokenActions, 'revokeToken' | 'restoreToken'>
  close: () => void
  gone: () => void
  leave: () => () => void
}) {
  const { run, pending, failure } = useAction(actions.revokeToken)
  const [reason, setReason] = useState('')
  const [leaked, setLeaked] = useState(false)
  const [andDelete, setAndDelete] = useState(false)
  const isLast = token.kind !== 'personal' && options.used === 1

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const note = reason.trim()
    const result = await run({
      tokenId: token.id,
      ...(note === '' ? {} : { reason: note }),
      ...(leaked ? { leaked } : {}),
      ...(andDelete ? { andDelete } : {}),
    })
    if (!result.ok) return
    const back = leave()
    const { id, kind, name } = token
    const remove = showOverPage(
      <RevocationResult
        key={result.data.revocation}
        token={{ id, kind, name }}
        revoked={result.data}
        ask={options.ask}
        restoreToken={actions.restoreToken}
        closed={() => {
          back()
          remove()
        }}
      />,
    )
    if (result.data.deleted) {
      toastDone(successOf(token, 'deleted'))
      gone()
    }
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Revoke <bdi>{token.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          Every verifier refuses it at once. <Afterwards token={token} final={leaked || andDelete} />
        </DialogDescription>
      </DialogHeader>
      <form className={dialogForm} onSubmit={submit}>
        <DialogBody>
          <section>
            <h3 className="text-label">What stops</h3>
            <p className="mt-1.5 text-soft">
              <LastUse of={token} never="Nothing: it was never used.">
                Every service that presents it.
              </LastUse>
            </p>
            <Callers of={[token.id]} />
          </section>
          {isLast && (
            <Notice>
              <bdi>{options.organizationName}</bdi> will have no working token; services that use it stop.
            </Notice>
          )}
          <ReasonField value={reason} onChange={setReason} error={failure?.fields['reason']} />
          <div className="flex flex-col gap-1.5">
            <TickLine label="It leaked, so that nobody can restore it" checked={leaked} onCheckedChange={setLeaked} />
            <TickLine label="and delete" checked={andDelete} onCheckedChange={setAndDelete} />
          </div>
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot variant="danger" verb="Revoke" icon={<Ban aria-hidden />} pending={pending} />
      </form>
    </>
  )
}

function Afterwards({ token, final }: { token: TokenView; final: boolean }) {
  if (final) return "It can't be restored."
  if (token.expiresAt === null) return 'You can restore it.'
  return (
    <>
      You can restore it until <DeadlineDate at={token.expiresAt} />.
    </>
  )
}
