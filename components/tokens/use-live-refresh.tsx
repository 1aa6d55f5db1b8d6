'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 1000
const LONGEST_MS = 30_000

/**
 * Renders the page anew when the text at `url` changes: asked every second while the page is looked at, more and more
 * seldom while it can't be had. A refresh keeps focus, scroll, menus and dialogs.
 */
export function useLiveRefresh(url: string): void {
  const router = useRouter()
  useEffect(() => {
    const stop = new AbortController()
    let known: string | null = null
    let wait = EVERY_MS
    let asking = false
    let timer: ReturnType<typeof setTimeout> | undefined

    const ask = async () => {
      if (asking || document.visibilityState === 'hidden') return
      asking = true
      try {
        // A redirect would be the way to the sign-in: no answer.
        const response = await fetch(url, { cache: 'no-store', redirect: 'error', signal: stop.signal })
        if (!response.ok) throw new Error(String(response.status))
        const text = await response.text()
        if (known !== null && text !== known) router.refresh()
        known = text
        wait = EVERY_MS
      } catch {
        wait = Math.min(wait * 2, LONGEST_MS)
      }
      asking = false
      if (!stop.signal.aborted) timer = setTimeout(ask, wait)
    }

    const look = () => {
      clearTimeout(timer)
      void ask()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      stop.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [router, url])
}
