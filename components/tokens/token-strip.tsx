import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn'
import type { TokenView } from '#lib/tokens/view'

// What stands for the part of a secret that is not shown.
const MASK = '••••••'

/**
 * A token drawn as a ticket: the id is the stub, and a slip hangs on it while there is still something to tear off.
 * Read out as "Token id 3kTq…, ends in x7Qf, not revealed yet". A revoked or expired one is plain text.
 */
export function TokenStrip({
  token,
  large = false,
}: {
  token: Pick<TokenView, 'id' | 'head' | 'tail' | 'status' | 'kept' | 'rotation'>
  large?: boolean
}) {
  const { id, tail } = token
  return (
    <span className={cn('inline-flex max-w-full text-mono', large && 'sm:text-mono-large')}>
      <span className="sr-only">
        {`Token id ${id.slice(0, 4)}…, ${tail === null ? 'not revealed yet' : `ends in ${tail}`}`}
      </span>
      <span aria-hidden className="inline-flex min-w-0 flex-wrap">
        {token.status === 'active' ? <Ticket token={token} large={large} /> : <Ended token={token} />}
      </span>
    </span>
  )
}

type Drawn = Pick<TokenView, 'id' | 'head' | 'tail' | 'kept' | 'rotation'>

function Ticket({ token: { id, head, tail, kept, rotation }, large }: { token: Drawn; large: boolean }) {
  // Where it can be opened again, the slip was not given away for good; what a rotation opens is another secret.
  const held = tail !== null && rotation === null && kept
  return (
    <>
      <span
        className={cn(
          'perforated-end rounded-l-strip bg-sunken text-muted forced-colors:border',
          large ? 'px-2 sm:px-3' : 'px-2',
        )}
      >
        {head}
        <span className="text-text">{id}</span>_
      </span>
      {tail === null ? (
        <Slip large={large}>not revealed</Slip>
      ) : held ? (
        <Slip large={large}>{MASK + tail}</Slip>
      ) : (
        <span className={cn('text-muted', large ? 'pl-2 sm:pl-3' : 'pl-2')}>{MASK + tail}</span>
      )}
    </>
  )
}

function Slip({ large, children }: { large: boolean; children: ReactNode }) {
  return (
    <span
      className={cn(
        '[mask:radial-gradient(circle_2px_at_0_50%,#0000_94%,#000)_0_0/100%_6px]',
        'whitespace-nowrap rounded-r-strip bg-accent-soft text-accent-text forced-colors:border',
        large ? 'px-2 sm:px-3' : 'px-2',
      )}
    >
      {children}
    </span>
  )
}

function Ended({ token: { id, head, tail } }: { token: Drawn }) {
  return (
    <>
      <span className="break-all text-muted">{`${head}${id}_`}</span>
      <span className="whitespace-pre text-muted">{tail === null ? ' not revealed' : MASK + tail}</span>
    </>
  )
}
