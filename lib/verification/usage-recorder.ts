import type { UseRow } from '#db/queries/verification'

const FLUSH_EVERY_MS = 250
const TOKENS_AT_MOST = 100_000
const BATCH = 5_000

export type UsageRecorder = ReturnType<typeof openUsageRecorder>

/**
 * Gathers the last use of each token and writes them every 250 ms in one statement. While writing fails they are kept,
 * for at most `tokensAtMost` tokens; uses of further ones are dropped and counted. What was gathered since the last
 * write is lost with the process unless it closes in order.
 */
export function openUsageRecorder(
  write: (uses: readonly UseRow[]) => Promise<void>,
  { flushEveryMs = FLUSH_EVERY_MS, tokensAtMost = TOKENS_AT_MOST } = {},
) {
  const pending = new Map<string, UseRow>()
  let dropped = 0
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<boolean> | null = null
  let closed = false

  function keep(use: UseRow) {
    const known = pending.get(use.tokenId)
    if (known !== undefined) pending.set(use.tokenId, laterOf(known, use))
    else if (pending.size < tokensAtMost) pending.set(use.tokenId, use)
    else dropped++
  }

  function schedule() {
    if (closed) return
    timer ??= setTimeout(async () => {
      writing = flush()
      await writing
      timer = null
      if (pending.size > 0) schedule()
    }, flushEveryMs).unref()
  }

  async function flush(): Promise<boolean> {
    const batch: UseRow[] = []
    for (const use of pending.values()) {
      batch.push(use)
      pending.delete(use.tokenId)
      if (batch.length === BATCH) break
    }
    try {
      await write(batch)
      return true
    } catch {
      batch.forEach(keep)
      return false
    }
  }

  return {
    record(use: UseRow): void {
      keep(use)
      schedule()
    },
    /** How many uses were given up because too many tokens were waiting. */
    dropped: () => dropped,
    /** Writes what is left; gives up at the first failure. */
    async close(): Promise<void> {
      closed = true
      await writing
      if (timer !== null) clearTimeout(timer)
      while (pending.size > 0 && (await flush())) {}
    },
  }
}

function laterOf(known: UseRow, use: UseRow): UseRow {
  const [later, earlier] = use.at >= known.at ? [use, known] : [known, use]
  return later.opened === null && earlier.opened !== null ? { ...later, opened: earlier.opened } : later
}
