'use client'

import type { ReactNode } from 'react'
import { useClock } from '#components/time/now'
import { countOf, isSettled, type Seen, silenceOf } from '#components/tokens/proof'

type Known = { readonly seen: Seen | null; readonly unread: boolean }

/** How the verifiers answered: "Metering was refused by 3 of 3 verifiers in 41 ms." `was` is "was" or "were". */
export function RefusalSentence({
  seen,
  unread,
  was,
  children,
}: Known & { was: 'was' | 'were' /** Which tokens. */; children: ReactNode }) {
  const [is, it] = was === 'was' ? ['is', 'it'] : ['are', 'them']
  if (seen === null || seen.proof.verifiers.length === 0)
    return (
      <>
        {children} {is} revoked.{' '}
        {seen !== null
          ? 'No verifier is running.'
          : unread
            ? `Which verifiers refuse ${it} could not be read.`
            : `Reading which verifiers refuse ${it}.`}
      </>
    )
  const { count, time } = countOf(seen.proof)
  return (
    <>
      {children} {was} refused by <strong>{count}</strong>
      {time !== null && (
        <>
          {' '}
          in <strong className="whitespace-nowrap">{time}</strong>
        </>
      )}
      {isSettled(seen) ? '.' : ' so far.'}
    </>
  )
}

/** Which verifiers have not answered, and from when on they accept it no longer; nothing where all have. */
export function SilenceSentence({ seen, it }: { seen: Seen; it: 'it' | 'them' }) {
  return useClock((_, timeZone) => silenceOf(seen, it, timeZone) ?? '')
}
