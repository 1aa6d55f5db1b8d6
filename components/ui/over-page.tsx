'use client'

import { type ReactNode, useSyncExternalStore } from 'react'

let shown: ReactNode = null
const listeners = new Set<() => void>()

/**
 * Shows something, in the place of what was shown, that stays while the page beneath it changes or goes; gives what takes
 * it away again. It may hold no secret.
 */
export function showOverPage(what: ReactNode): () => void {
  set(what)
  return () => {
    if (shown === what) set(null)
  }
}

function set(what: ReactNode) {
  shown = what
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place where that appears. Once, in the root layout. */
export const OverPage = () =>
  useSyncExternalStore(
    subscribe,
    () => shown,
    () => null,
  )
