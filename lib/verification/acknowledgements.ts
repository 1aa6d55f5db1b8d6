const AT_MOST = 10_000
const AGAIN_MS = 250
const TRIES = 20

/**
 * Writes which revocations have been applied, as many at once as have come meanwhile. What can't be written for 5
 * seconds is given up: by then nothing that was in memory is used any more, and nobody waits for it.
 */
export function openAcknowledgements(write: (revocations: readonly number[]) => Promise<void>) {
  let waiting: number[] = []
  let failures = 0
  let writing = false
  let timer: NodeJS.Timeout | null = null

  async function flush() {
    if (writing || waiting.length === 0) return
    writing = true
    const taken = waiting
    waiting = []
    try {
      await write(taken)
      failures = 0
    } catch {
      failures++
      if (failures < TRIES) waiting = [...taken, ...waiting].slice(-AT_MOST)
      else failures = 0
    } finally {
      writing = false
    }
    if (waiting.length === 0) return
    if (failures === 0) return flush()
    timer = setTimeout(flush, AGAIN_MS)
  }

  return {
    /** A revocation has been applied: whatever is answered from here on refuses its token. */
    applied(revocation: number): void {
      if (waiting.length < AT_MOST) waiting.push(revocation)
      void flush()
    },
    close(): void {
      waiting = []
      if (timer !== null) clearTimeout(timer)
    },
  }
}
