'use client'

import { counted, Named } from '#components/settings/lost-tokens'
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFormFoot,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { ScopeActions, ScopeLoss } from '#lib/scopes/view'

/** Asks before a scope is removed, telling which tokens carry it. */
export function RemoveScopeDialog({
  name,
  loss,
  removeScope,
  close,
}: {
  name: string
  loss: ScopeLoss
  removeScope: ScopeActions['removeScope']
  close: () => void
}) {
  const { run, pending, failure } = useAction(removeScope)
  const remove = async () => {
    const result = await run({ name })
    if (!result.ok) return
    toastDone('Scope removed')
    close()
  }
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent width="narrow">
        <DialogHeader>
          <DialogTitle className="break-all">Remove {name}?</DialogTitle>
          <DialogDescription>
            {loss.tokens === 0 ? (
              'No token carries it.'
            ) : (
              <>
                {counted(loss.tokens)} {loss.tokens === 1 ? 'carries' : 'carry'} it
                <Named loss={loss} />.
              </>
            )}
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          <p className="text-soft">
            Whatever carries it loses it at once, and does not get it back when a scope of this name is defined again.
          </p>
          <FailureNotice failure={failure} />
        </DialogBody>
        <DialogFormFoot verb="Remove" variant="danger" pending={pending} onPress={() => void remove()} />
      </DialogContent>
    </Dialog>
  )
}
