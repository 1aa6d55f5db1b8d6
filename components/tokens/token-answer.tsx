'use client'

import type { ReactNode } from 'react'
import { Remaining } from '#components/time/deadline'
import { isSoon } from '#components/time/format'
import { Instant } from '#components/time/instant'
import { useClock } from '#components/time/now'
import type { TokenDetail } from '#lib/tokens/view'

/** What a reader of a token's page came to know: whether it works, and when it was last used. */
export function TokenAnswer({ token }: { token: TokenDetail }) {
  const { status, stoppedBy, tail, expiresAt } = token
  const soon = useClock((now) => expiresAt !== null && isSoon(expiresAt, now))
  if (status === 'revoked')
    return (
      <>
        Revoked {token.revokedAt && <When at={token.revokedAt} />}
        {token.revokedBy && ` by ${token.revokedBy}`}. Every verifier refuses it.
      </>
    )
  if (status === 'expired') return <>Expired {expiresAt && <When at={expiresAt} />}. Every verifier refuses it.</>
  if (stoppedBy === 'suspended') return <>Its organization is suspended, so every verifier refuses it.</>
  if (stoppedBy === 'disabled') return <>Its API user is disabled, so every verifier refuses it.</>
  return (
    <>
      {tail === null ? <>It has no secret until somebody reveals it.</> : <LastUse token={token} />}
      {token.rotation !== null && ' A rotation waits for the next reveal.'}
      {soon && expiresAt && (
        <>
          {' '}
          It expires{' '}
          <Strong>
            <Remaining at={expiresAt} inSentence />
          </Strong>
          .
        </>
      )}
    </>
  )
}

function LastUse({ token: { lastUsedAt, lastUsedIp } }: { token: TokenDetail }) {
  if (lastUsedAt === null) return <>Nothing has used it yet.</>
  return (
    <>
      Last used <When at={lastUsedAt} />
      {lastUsedIp && (
        <>
          , from <span className="font-mono text-small">{lastUsedIp}</span>
        </>
      )}
      .
    </>
  )
}

const Strong = ({ children }: { children: ReactNode }) => <strong>{children}</strong>

const When = ({ at }: { at: Date }) => (
  <Strong>
    <Instant at={at} inSentence />
  </Strong>
)
