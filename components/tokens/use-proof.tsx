'use client'

import { useEffect, useState } from 'react'
import { isSettled, nextSeen, type Seen } from '#components/tokens/proof'
import type { Proof } from '#lib/verifiers/view'

const EVERY_MS = 250
const LONGEST_MS = 4000

/**
 * The proof of revocations, read again until there is nothing to wait for; `first` is what is known already. `unread`:
 * the last reading failed, and nothing more is read before `retry`.
 */
export function useProof(revocations: readonly number[], first: Proof | null) {
  const [seen, setSeen] = useState<Seen | null>(() => first && nextSeen(null, first))
  const [unread, setUnread] = useState(false)
  const url = `/revocations?${revocations.map((id) => `id=${id}`).join('&')}`
  const waits = revocations.length > 0 && !unread && !(seen !== null && isSettled(seen))

  useEffect(() => {
    if (!waits) return
    const stop = new AbortController()
    const read = async () => {
      try {
        const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(LONGEST_MS)])
        // A redirect would be the way to the sign-in: no answer.
        const response = await fetch(url, { cache: 'no-store', redirect: 'error', signal })
        if (!response.ok) throw new Error(String(response.status))
        const proof: Proof = await response.json()
        setSeen((before) => nextSeen(before, proof))
      } catch {
        if (!stop.signal.aborted) setUnread(true)
      }
    }
    // Each reading changes what was seen, and with that the next begins.
    const timer = setTimeout(read, seen === null ? 0 : EVERY_MS)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [waits, url, seen])

  return { seen, unread, retry: () => setUnread(false) }
}
