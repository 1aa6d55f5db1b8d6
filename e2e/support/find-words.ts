const BLOCK = 4
const SLOTS = 1 << 20

/** The shortest word that is worth a search: what is shorter stands anywhere by chance. */
export const SHORTEST = 8

const slotOf = (text: string, at: number) =>
  (text.charCodeAt(at) ^
    (text.charCodeAt(at + 1) << 4) ^
    (text.charCodeAt(at + 2) << 8) ^
    (text.charCodeAt(at + 3) << 12)) &
  (SLOTS - 1)

/**
 * Makes a search for thousands of words at once, none shorter than SHORTEST; it gives those that stand in a text. By
 * Wu and Manber, A fast algorithm for multi-pattern searching, 1994: the last characters of a window tell how far it
 * may move before any word can begin in it.
 */
export function findWords(words: Iterable<string>): (text: string) => Set<string> {
  const moves = new Uint8Array(SLOTS).fill(SHORTEST - BLOCK + 1)
  const byBeginning = new Map<string, string[]>()
  for (const word of new Set(words)) {
    if (word.length < SHORTEST) throw new Error(`a word of ${word.length} characters is too short to be searched for`)
    for (let at = 0; at <= SHORTEST - BLOCK; at++) {
      const slot = slotOf(word, at)
      moves[slot] = Math.min(moves[slot] ?? 0, SHORTEST - BLOCK - at)
    }
    const beginning = word.slice(0, SHORTEST)
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), word])
  }
  return (text) => {
    const found = new Set<string>()
    for (let at = SHORTEST - BLOCK; at <= text.length - BLOCK; ) {
      const move = moves[slotOf(text, at)] ?? 0
      if (move === 0) {
        const start = at - (SHORTEST - BLOCK)
        for (const word of byBeginning.get(text.slice(start, start + SHORTEST)) ?? [])
          if (text.startsWith(word, start)) found.add(word)
      }
      at += move === 0 ? 1 : move
    }
    return found
  }
}
