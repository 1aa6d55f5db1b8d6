/** Gives back a place. */
export type Leave = () => void

type Asking = { readonly signal: AbortSignal }

/** Too many wait already: of the same, or in all. It is told by a word, since no error of one instance of a module is one of another's. */
export type Crowded = 'too_often' | 'busy'

/** How many wait at most before one more is refused, of all and of the same. */
type Bounds = { readonly waiting: number; readonly waitingOfOne: number }

export type Places = {
  /** A place as soon as there is one, in the order in which they were asked for. Rejects with the signal's reason. */
  take(asking: Asking): Promise<Leave>
  /** The same for somebody: who holds one waits for another, and lets others pass; where as many wait as may it is refused. */
  takeFor(by: string, asking: Asking): Promise<Leave | Crowded>
}

/** So many places that are held one by one. */
export function openPlaces(count: number, bounds: Bounds): Places {
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

  async function take(by: string | undefined, signal: AbortSignal): Promise<Leave> {
    signal.throwIfAborted()
    if (isOpenTo(by)) return hold(by)
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
  }

  return {
    take: ({ signal }) => take(undefined, signal),
    async takeFor(by, { signal }) {
      if (!isOpenTo(by)) {
        if ([...waiting].filter((each) => each.by === by).length >= bounds.waitingOfOne) return 'too_often'
        if (waiting.size >= bounds.waiting) return 'busy'
      }
      return take(by, signal)
    },
  }
}
