'use client'

import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { UntilExact } from '#components/time/deadline'
import { oldSecretThen } from '#components/tokens/overlap'
import { useRetiring } from '#components/tokens/secret-age'
import { Tail } from '#components/tokens/tail'
import { Tip } from '#components/ui/tip'
import type { TokenView } from '#lib/tokens/view'

type Rotating = Pick<TokenView, 'status' | 'tail' | 'rotation' | 'retiring'>

/** "Rotating" beside the status, while a rotation waits or an old secret still works; what exactly is in its tip. */
export function RotationNote({ token }: { token: Rotating }) {
  const retiring = useRetiring(token)
  if (token.status !== 'active' || (token.rotation === null && retiring === null)) return null
  return (
    <Tip end tip={<RotationState token={token} />}>
      <span className="inline-flex h-5.5 items-center gap-1 whitespace-nowrap text-muted text-small">
        <RefreshCw aria-hidden className="icon-small" />
        Rotating
      </span>
    </Tip>
  )
}

/** What a rotation has come to, a sentence for each secret; nothing where none is under way. */
export function RotationState({ token: { tail, rotation, retiring: kept } }: { token: Rotating }): ReactNode {
  const retiring = useRetiring({ retiring: kept })
  return (
    <>
      {rotation !== null && tail !== null && (
        <span className="block">
          The next reveal mints the new secret. The present one, <Tail of={tail} />,{' '}
          {oldSecretThen(rotation.overlapSeconds)}.
        </span>
      )}
      {retiring && (
        <span className="block">
          Old secret <Tail of={retiring.tail} /> works <UntilExact at={retiring.until} />
          {rotation === null ? '.' : ', or until that reveal.'}
        </span>
      )}
    </>
  )
}
