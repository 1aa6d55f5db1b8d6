'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { toastError } from '#components/ui/toast'

const EVERY_MS = 1000
const LONGEST_MS = 30_000

/**
 * Renders the page anew when the text at `url` changes: asked every second while the page is looked at, more and more
 * seldom while it can't be had. A refresh keeps focus, scroll, menus and dialogs. Whoever is signed out is told so once,
 * and asked after again only when they come back to the page: it may have been in another tab that they signed in.
 */
export function useLiveRefresh(url: string): void {
  const router = useRouter()
  useEffect(() => {
    const stop = new AbortController()
    let known: string | null = null
    let wait = EVERY_MS
    let asking = false
    let told = false
    let timer: ReturnType<typeof setTimeout> | undefined

    const ask = async () => {
      if (asking || document.visibilityState === 'hidden') return
      asking = true
      try {
        // A redirect would be the way to the sign-in: no answer.
        const response = await fetch(url, { cache: 'no-store', redirect: 'error', signal: stop.signal })
        if (response.status === 401) {
          if (!told) tellSignedOut()
          told = true
          asking = false
          return
        }
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

function tellSignedOut(): void {
  const signIn = () => {
    const here = location.pathname + location.search
    // In a tab of its own, so that what was typed here is still here afterwards.
    window.open(`/sign-in?next=${encodeURIComponent(here)}`, '_blank', 'noopener')
  }
  toastError('You are signed out. Sign in again.', {
    id: 'unauthenticated',
    action: { label: 'Sign in', onClick: signIn },
  })
}
