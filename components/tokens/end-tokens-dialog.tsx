'use client'

import { Ban, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Callers } from '#components/tokens/callers'
import { useCloseGuard } from '#components/tokens/dialog-frame'
import { type EndingVerb, type Fate, tokensCounted, whatEnds } from '#components/tokens/end-tokens'
import { EndTokensResult } from '#components/tokens/end-tokens-result'
import { ReasonField } from '#components/tokens/reason-field'
import { useEndTokens } from '#components/tokens/use-end-tokens'
import { WhatItHits } from '#components/tokens/what-it-hits'
import { Button } from '#components/ui/button'
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
  dialogForm,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenFormOptions, TokenOutcome, TokenView } from '#lib/tokens/view'

const VERBS = { revoke: { word: 'Revoke', Icon: Ban }, delete: { word: 'Delete', Icon: Trash2 } } as const

/**
 * Asks before several tokens are revoked or deleted, counting what that hits; then shows how far it has come, and in the
 * end what became of each. `onPage` are those that the list shows; `settle` is told after every few.
 */
export function EndTokensDialog({
  verb,
  tokens: present,
  onPage,
  settle,
  options,
  actions,
}: {
  verb: EndingVerb
  tokens: readonly TokenView[]
  onPage: readonly TokenView[]
  settle: (outcomes: readonly TokenOutcome[]) => void
  options: Pick<TokenFormOptions, 'organizationName' | 'used'>
  actions: Pick<TokenActions, 'revokeTokens' | 'deleteTokens'>
}) {
  const [hits] = useState(() => whatEnds(verb, present, onPage, options, new Date()))
  const { ending, left } = hits
  const [begin] = useState(
    () =>
      new Map<string, Fate>([
        ...left.map(({ token, because }) => [token.id, { kind: 'refused', because }] as const),
        ...ending.map(({ id }) => [id, { kind: 'waiting' }] as const),
      ]),
  )
  const work = useEndTokens(verb, actions, begin, settle)
  const [reason, setReason] = useState('')
  const [tokens] = useState(present)
  const { word, Icon } = VERBS[verb]

  useCloseGuard(() => {
    if (work.phase === 'running' && !work.justBegun()) work.stop()
    return work.phase !== 'running'
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    settle(
      left.map(({ token, because }) => ({
        tokenId: token.id,
        refusal: { code: 'left', message: because },
        revocation: null,
      })),
    )
    void work.run(reason.trim())
  }

  if (work.phase !== 'asking')
    return (
      <EndTokensResult
        verb={verb}
        tokens={tokens}
        asked={ending.length}
        work={work}
        goOn={() => void work.run(reason.trim())}
      />
    )
  if (ending.length === 0)
    return (
      <>
        <DialogHeader>
          <DialogTitle>Nothing to {verb}</DialogTitle>
          <DialogDescription>
            {left.length === 1 ? 'The selected token' : `All ${left.length} selected tokens`} would stay as{' '}
            {left.length === 1 ? 'it is' : 'they are'}.
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <WhatItHits verb={verb} hits={hits} organizationName={options.organizationName} />
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="primary" autoFocus>
              Done
            </Button>
          </DialogClose>
        </DialogFooter>
      </>
    )
  return (
    <>
      <DialogHeader>
        <DialogTitle>
          {word} {tokensCounted(ending.length)}?
        </DialogTitle>
        <DialogDescription>
          {ending.some(({ status }) => status === 'active') &&
            `Every verifier refuses ${ending.length === 1 ? 'it' : 'them'} at once. `}
          {verb === 'revoke'
            ? 'Until it expires, each can be restored.'
            : 'What is deleted is gone for good; its audit trail stays.'}
        </DialogDescription>
      </DialogHeader>
      <form className={dialogForm} onSubmit={submit}>
        <DialogBody>
          <WhatItHits verb={verb} hits={hits} organizationName={options.organizationName} />
          <Callers of={ending.filter(({ status }) => status === 'active').map(({ id }) => id)} />
          {verb === 'revoke' && (
            <ReasonField value={reason} onChange={setReason} error={work.failure?.fields['reason']} />
          )}
          <FailureNotice failure={work.failure} />
        </DialogBody>
        <DialogFormFoot variant="danger" verb={word} icon={<Icon aria-hidden />} pending={false} />
      </form>
    </>
  )
}
