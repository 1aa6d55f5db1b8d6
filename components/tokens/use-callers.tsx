'use client'

import { useEffect, useState } from 'react'
import type { Callers } from '#lib/usage/view'

/** Who presented these tokens in the last 7 days, asked once; or that there is no answer yet, or that none came. */
export function useCallers(tokenIds: readonly string[]): Callers | 'asking' | 'failed' {
  const url = `/callers?${tokenIds.map((id) => `token=${id}`).join('&')}`
  const [answer, setAnswer] = useState<{ readonly url: string; readonly callers: Callers | 'failed' } | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const ask = async () => {
      try {
        const response = await fetch(url, { cache: 'no-store', redirect: 'error', signal: stop.signal })
        if (!response.ok) throw new Error(String(response.status))
        // What parses it is heavier than the dialogs together.
        const { CallersAnswer } = await import('#lib/usage/schema')
        setAnswer({ url, callers: CallersAnswer.parse(await response.json()) })
      } catch {
        if (!stop.signal.aborted) setAnswer({ url, callers: 'failed' })
      }
    }
    void ask()
    return () => stop.abort()
  }, [url])
  return answer?.url === url ? answer.callers : 'asking'
}
