'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { ZONE_COOKIE } from '#lib/usage/choices'

const YEAR_SECONDS = 365 * 86_400

/** Tells the server in which time zone the reader is, where it worked with another one, and has the page made anew. */
export function TellTimeZone({ used }: { used: string }) {
  const router = useRouter()
  useEffect(() => {
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
    if (own === used || document.cookie.includes(`${ZONE_COOKIE}=${own}`)) return
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
    document.cookie = `${ZONE_COOKIE}=${own}; path=/o; max-age=${YEAR_SECONDS}; samesite=lax`
    router.refresh()
  }, [router, used])
  return null
}
