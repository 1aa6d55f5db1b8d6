'use client'

import { useEffect, useState } from 'react'

/**
 * The secret of a one-time link: taken from the address's fragment, removed from the address bar at once, and kept for
 * this tab so that a reload still works. Undefined until the browser has looked, null where there is none.
 */
export function useLinkSecret(storageKey: string) {
  const [secret, setSecret] = useState<string | null | undefined>(undefined)
  useEffect(() => {
    const take = () => {
      const fragment = window.location.hash.slice(1)
      if (fragment) {
        sessionStorage.setItem(storageKey, fragment)
        window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
      }
      setSecret(sessionStorage.getItem(storageKey))
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [storageKey])
  const forget = () => sessionStorage.removeItem(storageKey)
  return { secret, forget }
}
