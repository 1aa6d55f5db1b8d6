'use client'

import { Ban } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { MemberActions } from '#components/members/member-actions'
import { PersonalTokens } from '#components/members/personal-tokens'
import { WhatStops } from '#components/members/what-stops'
import { focusFirstInvalid } from '#components/tokens/focus-first-invalid'
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
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { TickLine } from '#components/ui/tick-line'
import { toastDone, toastError } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { MemberView } from '#lib/members/view'
import type { PersonalTokensOf, TokenOutcome } from '#lib/tokens/view'

/** Asks an admin of the platform which personal tokens of a member are to be refused everywhere, and why. */
export function RevokePersonalDialog({
  member: { id: userId, name },
  actions,
  close,
}: {
  member: Pick<MemberView, 'id' | 'name'>
  actions: Pick<MemberActions, 'listPersonalTokens' | 'revokePersonalTokens'>
  close: () => void
}) {
  const { run: list, failure: unlisted } = useAction(actions.listPersonalTokens)
  const { run: revoke, pending, failure } = useAction(actions.revokePersonalTokens)
  const form = useRef<HTMLFormElement>(null)
  const [found, setFound] = useState<PersonalTokensOf | null>(null)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [leaked, setLeaked] = useState(false)

  useEffect(() => {
    void list({ userId }).then((result) => result.ok && setFound(result.data))
  }, [list, userId])
  useEffect(() => {
    if (failure !== null) focusFirstInvalid(form.current)
  }, [failure])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await revoke({ tokenIds: [...ticked], reason, ...(leaked ? { leaked } : {}) })
    if (!result.ok) return
    tell(result.data)
    close()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Revoke personal tokens of <bdi>{name}</bdi>
        </DialogTitle>
        <DialogDescription>
          Their names are their owner's alone: tell them apart by the id and the last four characters.
        </DialogDescription>
      </DialogHeader>
      {found?.tokens.length === 0 ? (
        <>
          <DialogBody>
            <p className="text-soft">
              <bdi>{name}</bdi> has no active personal token.
            </p>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="primary" autoFocus>
                Done
              </Button>
            </DialogClose>
          </DialogFooter>
        </>
      ) : (
        <form ref={form} className={dialogForm} onSubmit={submit} noValidate>
          <DialogBody>
            <PersonalTokens
              tokens={found?.tokens ?? []}
              looking={found === null && unlisted === null}
              ticked={ticked}
              onChange={setTicked}
              error={failure?.fields['tokenIds']}
            />
            {found !== null && <WhatStops found={found} ticked={ticked} />}
            <Field
              label="Reason"
              hint="The owner reads it; it stays in the audit log."
              error={failure?.fields['reason']}
            >
              <Input
                value={reason}
                maxLength={500}
                required
                autoComplete="off"
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
            <TickLine
              label={ticked.size > 1 ? 'They leaked' : 'It leaked'}
              note={`The owner can ${leaked ? 'never ' : ''}restore ${ticked.size > 1 ? 'them' : 'it'}.`}
              checked={leaked}
              onCheckedChange={setLeaked}
            />
            <FailureNotice failure={unlisted ?? failure} />
          </DialogBody>
          <DialogFormFoot variant="danger" verb="Revoke" icon={<Ban aria-hidden />} pending={pending} />
        </form>
      )}
    </>
  )
}

function tell(outcomes: readonly TokenOutcome[]) {
  const done = outcomes.filter(({ refusal }) => refusal === null).length
  const rest = outcomes.length - done
  if (done === 0) return toastError('Nothing was revoked: no token of those was active any more.')
  const revoked = done === 1 ? 'User token successfully revoked' : `${done} user tokens successfully revoked`
  toastDone(rest === 0 ? revoked : `${revoked}, ${rest} ${rest === 1 ? 'was' : 'were'} no longer active`)
}
