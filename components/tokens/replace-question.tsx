import { Replace } from 'lucide-react'
import { Callers } from '#components/tokens/callers'
import { Button } from '#components/ui/button'
import { DialogBody, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '#components/ui/dialog'
import { FailureNotice } from '#components/ui/failure'
import { Notice } from '#components/ui/notice'
import type { ActionFailure } from '#components/ui/use-action'
import type { TokenFormOptions } from '#lib/tokens/view'

type Replaced = NonNullable<TokenFormOptions['replaces']>

/** Asks before a new token takes the place of the oldest. From above it also says what that leaves the customer with. */
export function ReplaceQuestion({
  replaced,
  options: { organizationName, used, mayReveal },
  pending,
  failure,
  replace,
  back,
}: {
  replaced: Replaced
  options: Pick<TokenFormOptions, 'organizationName' | 'used' | 'mayReveal'>
  pending: boolean
  failure: ActionFailure | null
  replace: (id: string) => void
  back: () => void
}) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>
          Replace <bdi>{replaced.name}</bdi>?
        </DialogTitle>
        <DialogDescription>
          It is the oldest token of <bdi>{organizationName}</bdi>. It is deleted, and the new one takes its place.
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <p className="text-soft">
          Every verifier refuses <bdi>{replaced.name}</bdi> at once. It can&apos;t be restored. Its audit trail stays.
        </p>
        <section>
          <h3 className="text-label">What stops</h3>
          <Callers of={[replaced.id]} />
        </section>
        {!mayReveal && used === 1 && (
          <Notice>
            <bdi>{organizationName}</bdi> has no working token until it reveals the new one.
          </Notice>
        )}
        <FailureNotice failure={failure} />
      </DialogBody>
      <DialogFooter>
        <Button autoFocus onClick={back}>
          Cancel
        </Button>
        <Button variant="danger" pending={pending} onClick={() => replace(replaced.id)}>
          <Replace aria-hidden />
          Replace
        </Button>
      </DialogFooter>
    </>
  )
}
