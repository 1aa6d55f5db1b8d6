/** What is passed by at most before something is let go of whether it was used or not: making room takes no longer. */
const PASSED_AT_MOST = 100

/**
 * Holds at most so many values by their keys. For a further one it lets go of one that was not asked for since it was last
 * passed by, nearly always. Next to a list by last use, asking for one touches nothing but the value itself, and a value
 * takes no memory besides its place in a map.
 */
export function openSecondChance<Value extends { used: boolean }>(atMost: number, letGo: (value: Value) => void) {
  const values = new Map<string, Value>()
  // Moved on with whatever comes: one that stands still keeps alive all that the map has let go of since.
  let hand: MapIterator<[string, Value]> | null = null

  /** The next to be passed by, round and round in the order in which they came. */
  function next(): [string, Value] | undefined {
    hand ??= values.entries()
    const { value } = hand.next()
    if (value !== undefined) return value
    hand = values.entries()
    return hand.next().value
  }

  function makeRoom(): void {
    for (let passed = 0, at = next(); at !== undefined; passed++, at = next()) {
      const [key, value] = at
      if (value.used && passed < PASSED_AT_MOST) value.used = false
      else {
        values.delete(key)
        letGo(value)
        return
      }
    }
  }

  return {
    get(key: string): Value | undefined {
      const value = values.get(key)
      // What many ask for is not written to again and again.
      if (value !== undefined && !value.used) value.used = true
      return value
    },
    /** Puts it in place of what has this key, of which it lets go. */
    set(key: string, value: Value): void {
      const known = values.get(key)
      if (known !== undefined) letGo(known)
      else if (values.size >= atMost) makeRoom()
      else hand?.next()
      values.set(key, value)
    },
    /** Takes it out, without letting go of it; undefined where there is none. */
    take(key: string): Value | undefined {
      const value = values.get(key)
      values.delete(key)
      return value
    },
    clear(): void {
      values.clear()
      hand = null
    },
    size: () => values.size,
  }
}
