'use client'

import { useEffect, useState } from 'react'
import type { CustomerHits } from '#lib/organizations/view'

/** What an asked question came to: the answer, or that there is none yet, or that none came. */
export type Hits = CustomerHits | 'asking' | 'failed'

/**
 * What closing the organization would hit, or, with `tierId`, what that tier would do there; asked anew for another
 * tier. null: nothing is asked.
 */
export function useCustomerHits(slug: string | null, tierId: string | null): Hits | null {
  const url = slug === null ? null : `/o/${slug}/hits${tierId === null ? '' : `?tier=${tierId}`}`
  const [answer, setAnswer] = useState<{ readonly url: string; readonly hits: CustomerHits | 'failed' } | null>(null)
  useEffect(() => {
    if (url === null) return
    const stop = new AbortController()
    const ask = async () => {
      try {
        const response = await fetch(url, { cache: 'no-store', redirect: 'error', signal: stop.signal })
        if (!response.ok) throw new Error(String(response.status))
        setAnswer({ url, hits: await response.json() })
      } catch {
        if (!stop.signal.aborted) setAnswer({ url, hits: 'failed' })
      }
    }
    void ask()
    return () => stop.abort()
  }, [url])
  if (url === null) return null
  return answer?.url === url ? answer.hits : 'asking'
}
