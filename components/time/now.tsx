'use client'

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'

const TICK_MS = 5000

const ServerNow = createContext(new Date(0))

/** Gives the server's `now` to every time below, so that the first paint is the same in both places. */
export function NowProvider({ now, children }: { now: Date; children: ReactNode }) {
  return <ServerNow value={now}>{children}</ServerNow>
}

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

let viewerZone: string | undefined

function zone(): string {
  viewerZone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone
  return viewerZone
}

/**
 * What `select` makes of the present and the viewer's time zone, kept up to date by one shared timer; on the server
 * and while hydrating it gets the provider's `now` and UTC. The result is a primitive, so nothing renders until it changes.
 */
export function useClock<T extends string | number | boolean>(select: (now: Date, timeZone: string) => T): T {
  const serverNow = useContext(ServerNow)
  return useSyncExternalStore(
    subscribe,
    () => select(new Date(), zone()),
    () => select(serverNow, 'UTC'),
  )
}
