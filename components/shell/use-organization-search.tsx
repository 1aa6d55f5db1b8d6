'use client'

import { useEffect, useState } from 'react'
import { looksLikeSecret } from '#lib/lists/search'
import type { OrganizationChoice } from '#lib/organizations/view'

const WAIT_MS = 200

const NONE = { found: [] as readonly OrganizationChoice[], failed: false }

/**
 * The organizations by that text that the server finds for whoever is signed in, a moment after typing; what was found
 * before stays until then. A question that is no longer asked is called off. A text that holds a secret goes nowhere.
 */
export function useOrganizationSearch(enabled: boolean, text: string) {
  const [answer, setAnswer] = useState(NONE)
  useEffect(() => {
    if (!enabled || looksLikeSecret(text)) return setAnswer(NONE)
    const stop = new AbortController()
    const ask = async () => {
      try {
        const url = `/organizations?q=${encodeURIComponent(text)}`
        const response = await fetch(url, { cache: 'no-store', redirect: 'error', signal: stop.signal })
        if (!response.ok) throw new Error(String(response.status))
        setAnswer({ found: await response.json(), failed: false })
      } catch {
        if (!stop.signal.aborted) setAnswer({ found: [], failed: true })
      }
    }
    const timer = setTimeout(ask, text === '' ? 0 : WAIT_MS)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [enabled, text])
  return answer
}
