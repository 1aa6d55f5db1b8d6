// What takes long merges more when it is done less often; but nobody waits for longer than this besides.
const LONGEST_WAIT_MS = 1_000

/**
 * Runs `flush` so many milliseconds after `wake`, never twice at once, and again while it leaves something; less often
 * where it takes long. `flush` never rejects; it gives whether it got everything out. `flushed` is told how long it took.
 */
export function openFlusher(
  flush: () => Promise<boolean>,
  everyMs: number,
  { isEmpty, flushed }: { readonly isEmpty: () => boolean; readonly flushed: (milliseconds: number) => void },
) {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<boolean> = Promise.resolve(true)
  let closed = false
  let wait = everyMs

  const timed = async () => {
    const begun = performance.now()
    const done = await flush()
    const took = performance.now() - begun
    flushed(took)
    wait = Math.max(everyMs, Math.min(took, LONGEST_WAIT_MS))
    return done
  }

  const wake = () => {
    if (timer !== null || closed) return
    timer = setTimeout(async () => {
      running = timed()
      await running
      timer = null
      if (!isEmpty()) wake()
    }, wait).unref()
  }

  return {
    wake,
    /** Flushes what is left; gives up at the first failure. */
    async close(): Promise<void> {
      closed = true
      await running
      if (timer !== null) clearTimeout(timer)
      while (!isEmpty() && (await flush())) {}
    },
  }
}
