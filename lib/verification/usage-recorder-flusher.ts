/**
 * Runs `flush` so many milliseconds after `wake`, never twice at once, and again while it leaves something. `flush` never
 * rejects; it gives whether it got everything out.
 */
export function openFlusher(flush: () => Promise<boolean>, everyMs: number, isEmpty: () => boolean) {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<boolean> = Promise.resolve(true)
  let closed = false

  const wake = () => {
    if (timer !== null || closed) return
    timer = setTimeout(async () => {
      running = flush()
      await running
      timer = null
      if (!isEmpty()) wake()
    }, everyMs).unref()
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
