import { DomainError } from '#lib/errors'

/** Gives back a place. */
export type Leave = () => void

type Asking = {
  readonly signal: AbortSignal
  /** For whom; absent: for the desk, whose own wait as many as there are. */
  readonly by?: string | undefined
}

/** How many wait at most before one more is refused, of all and of the same. */
type Bounds = { readonly waiting: number; readonly waitingOfOne: number }

export type Places = {
  /**
   * A place as soon as there is one, in the order in which they were asked for. `by` whom one is held waits for another,
   * and lets others pass. Rejects with the signal's reason.
   * @throws DomainError `too_often` where as many wait by the same as may, `busy` where as many do in all
   */
  take(asking: Asking): Promise<Leave>
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

  return {
    async take({ signal, by }) {
      signal.throwIfAborted()
      if (isOpenTo(by)) return hold(by)
      if (by !== undefined) requireMayWait([...waiting].filter((each) => each.by === by).length, waiting.size, bounds)
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

function requireMayWait(own: number, all: number, { waiting, waitingOfOne }: Bounds): void {
  if (own >= waitingOfOne)
    throw new DomainError('too_often', `${waitingOfOne} of your reports wait already. Try again when one is done.`)
  if (all >= waiting) throw new DomainError('busy', 'Too many reports are being made. Try again in a moment.')
}
