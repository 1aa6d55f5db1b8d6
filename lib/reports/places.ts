/** Gives back a place. */
export type Leave = () => void

type Asking = {
  readonly signal: AbortSignal
  readonly most?: number | undefined
  readonly by?: string | undefined
}

export type Places = {
  /**
   * A place as soon as there is one, in the order in which they were asked for; null where `most` wait already. `by` whom
   * one is held waits for another, and lets others pass. Rejects with the signal's reason.
   */
  take(asking: Asking): Promise<Leave | null>
}

/** So many places that are held one by one. */
export function openPlaces(count: number): Places {
  let free = count
  const holders = new Set<string>()
  const waiting = new Set<{ readonly by: string | undefined; call(): void }>()

  const isOpenTo = (by: string | undefined) => free > 0 && (by === undefined || !holders.has(by))

  const hold = (by: string | undefined): Leave => {
    free -= 1
    if (by !== undefined) holders.add(by)
    let left = false
    return () => {
      if (left) return
      left = true
      free += 1
      if (by !== undefined) holders.delete(by)
      for (const each of waiting) if (isOpenTo(each.by)) each.call()
    }
  }

  return {
    async take({ signal, most = Number.POSITIVE_INFINITY, by }) {
      signal.throwIfAborted()
      if (isOpenTo(by)) return hold(by)
      if (waiting.size >= most) return null
      return new Promise<Leave>((resolve, reject) => {
        const settle = () => {
          waiting.delete(one)
          signal.removeEventListener('abort', gone)
        }
        const one = {
          by,
          call() {
            settle()
            resolve(hold(by))
          },
        }
        const gone = () => {
          settle()
          reject(signal.reason)
        }
        waiting.add(one)
        signal.addEventListener('abort', gone)
      })
    },
  }
}
