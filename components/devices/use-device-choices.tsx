'use client'

import { useEffect, useState } from 'react'
import type { DeviceChoiceView } from '#lib/devices/view'
import { looksLikeSecret } from '#lib/lists/search'

const WAIT_MS = 200

type Found = { readonly devices: readonly DeviceChoiceView[]; readonly total: number }

/** The devices that a text finds, asked of `url` a moment after typing; null until the first answer, `failed` without one. */
export function useDeviceChoices(url: string, text: string): { found: Found | null; failed: boolean } {
  const [found, setFound] = useState<Found | null>(null)
  const [failed, setFailed] = useState(false)
  // A secret goes nowhere.
  const wanted = looksLikeSecret(text) ? '' : text
  useEffect(() => {
    const leaving = new AbortController()
    const ask = async () => {
      try {
        const answer = await fetch(`${url}?q=${encodeURIComponent(wanted)}`, { signal: leaving.signal })
        if (!answer.ok) throw new Error(answer.statusText)
        const given: Found = await answer.json()
        setFound(given)
        setFailed(false)
      } catch {
        if (!leaving.signal.aborted) setFailed(true)
      }
    }
    const timer = setTimeout(ask, wanted === '' ? 0 : WAIT_MS)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [url, wanted])
  return { found, failed }
}
