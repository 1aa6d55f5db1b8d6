/** Gives back a place. */
export type Leave = () => void

export type Places = {
  /**
   * A place as soon as there is one, in the order in which they were asked for; null where `most` wait already. Rejects
   * with the signal's reason.
   */
  take(options: { readonly signal: AbortSignal; readonly most?: number }): Promise<Leave | null>
}

/** So many places that are held one by one. */
export function openPlaces(count: number): Places {
  let free = count
  const waiting = new Set<() => void>()

  const leave = (): Leave => {
    let left = false
    return () => {
      if (left) return
      left = true
      const [next] = waiting
      if (next === undefined) free += 1
      else next()
    }
  }

  return {
    async take({ signal, most = Number.POSITIVE_INFINITY }) {
      signal.throwIfAborted()
      if (free > 0) {
        free -= 1
        return leave()
      }
      if (waiting.size >= most) return null
      return new Promise<Leave>((resolve, reject) => {
        const settle = () => {
          waiting.delete(called)
          signal.removeEventListener('abort', gone)
        }
        const called = () => {
          settle()
          resolve(leave())
        }
        const gone = () => {
          settle()
          reject(signal.reason)
        }
        waiting.add(called)
        signal.addEventListener('abort', gone)
      })
    },
  }
}
