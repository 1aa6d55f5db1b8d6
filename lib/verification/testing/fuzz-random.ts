/** Draws that are the same for the same seed, so that a case is known by the numbers that made it. */
export type Random = ReturnType<typeof randomFrom>

/** A generator for one case of a run (mulberry32); fit for making tests and nothing else. */
export function randomFrom(seed: number, index: number) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca77)) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (end: number) => next() % end
  function pick<T>(from: readonly [T, ...T[]]): T
  function pick<T>(from: readonly T[]): T | undefined
  function pick<T>(from: readonly T[]): T | undefined {
    return from[below(from.length)]
  }
  return {
    /** A whole number from 0 up to, and not, `end`. */
    below,
    /** One of them, each as likely. */
    pick,
    /** True once in so many times. */
    oneIn: (times: number) => below(times) === 0,
    /** Some of them. */
    some: <T>(from: readonly T[]): T[] => from.filter(() => below(2) === 0),
  }
}
