'use client'

import { RefreshCw } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ConfirmIdentity } from '#components/accounts/confirm-identity'
import { UntilExact } from '#components/time/deadline'
import { useClock } from '#components/time/now'
import { Callers } from '#components/tokens/callers'
import { LastUse } from '#components/tokens/last-use'
import { oldSecretThen, overlapLabel } from '#components/tokens/overlap'
import { forgetReveal } from '#components/tokens/reveal-key'
import { Tail } from '#components/tokens/tail'
import {
  DialogBody,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
  dialogForm,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Field } from '#components/ui/field'
import { Notice } from '#components/ui/notice'
import { Segmented } from '#components/ui/segmented'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { TokenActions } from '#lib/tokens/actions'
import { ROTATION_OVERLAPS } from '#lib/tokens/choices'
import type { TokenView } from '#lib/tokens/view'

const USUAL_OVERLAP = 86_400

const overlapOf = (seconds: number | undefined) => ROTATION_OVERLAPS.find((each) => each === seconds) ?? USUAL_OVERLAP

/**
 * Asks before a token gets a new secret, and how long the old one works on; where a rotation waits already it changes
 * that alone. `rotated` is given the token with the rotation that waits.
 */
export function RotateTokenDialog({
  token,
  actions,
  rotated,
}: {
  token: TokenView
  actions: Pick<TokenActions, 'rotateToken' | 'confirmIdentity'>
  rotated: (token: TokenView) => void
}) {
  const { run, pending, failure } = useAction(actions.rotateToken)
  const [waiting] = useState(token.rotation !== null)
  const [overlap, setOverlap] = useState(() => overlapOf(token.rotation?.overlapSeconds))

  const rotate = async () => {
    const result = await run({ tokenId: token.id, overlapSeconds: overlap })
    if (!result.ok) return
    // A key that was used before gets the old secret again, never the new one.
    forgetReveal(token.id)
    toastDone('Token successfully rotated')
    rotated(result.data)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void rotate()
  }

  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Rotate <bdi>{token.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          {waiting
            ? 'A rotation waits already: the next reveal mints the new secret. Here you change only the overlap.'
            : 'Nothing changes for callers until the next reveal. That mints the new secret, and the old one works on for the overlap.'}
        </DialogDescription>
      </DialogHeader>
      {failure?.code === 'confirmation_required' ? (
        <ConfirmIdentity confirmIdentity={actions.confirmIdentity} confirmed={rotate} />
      ) : (
        <form className={dialogForm} onSubmit={submit}>
          <DialogBody>
            <Field group label="Overlap" hint={`From that reveal on, the old secret ${oldSecretThen(overlap)}.`}>
              <Segmented
                className="max-sm:[&>button]:basis-1/5"
                value={String(overlap)}
                onValueChange={(seconds) => setOverlap(overlapOf(Number(seconds)))}
                options={ROTATION_OVERLAPS.map((seconds) => ({
                  value: String(seconds),
                  label: overlapLabel(seconds),
                }))}
              />
            </Field>
            <section>
              <h3 className="text-label">What has to take up the new secret</h3>
              <p className="mt-1.5 text-soft">
                <LastUse of={token} never="Nothing: it was never used.">
                  Every service that presents it.
                </LastUse>
              </p>
              <Callers of={[token.id]} />
            </section>
            <Retiring token={token} />
            <FailureNotice failure={failure} />
          </DialogBody>
          <DialogFormFoot verb="Rotate" icon={<RefreshCw aria-hidden />} pending={pending} />
        </form>
      )}
    </>
  )
}

/** That a secret older still ends with this, where one works yet. */
function Retiring({ token: { retiring } }: { token: TokenView }) {
  const works = useClock((now) => retiring !== null && retiring.until > now)
  if (!works || retiring === null) return null
  return (
    <Notice>
      The secret before this one, <Tail of={retiring.tail} />, works <UntilExact at={retiring.until} />. It ends at that
      reveal.
    </Notice>
  )
}
