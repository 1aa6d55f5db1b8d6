'use client'

import { useTokenCommands } from '#components/tokens/token-dialogs'
import type { TokenView } from '#lib/tokens/view'

/**
 * Under the name, while a secret waits that somebody above had made and never sees: who, and that nobody opened it; from
 * above, who has to accept before anybody can.
 */
export function HandedOverNote({
  token: { handedOverBy, status, tail, rotation },
}: {
  token: Pick<TokenView, 'handedOverBy' | 'status' | 'tail' | 'rotation'>
}) {
  const { awaiting } = useTokenCommands()
  if (handedOverBy === null || status !== 'active' || (tail !== null && rotation === null)) return null
  return (
    <span className="block text-muted text-small [overflow-wrap:anywhere]">
      {awaiting === null ? (
        <>
          Handed over by <bdi>{handedOverBy}</bdi>,{' '}
          {rotation === null ? 'not revealed yet' : 'new secret not revealed yet'}
        </>
      ) : (
        <>Waiting for {awaiting} to accept</>
      )}
    </span>
  )
}
