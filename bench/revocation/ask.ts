import { Worker } from 'node:worker_threads'
import { KINDS, type Kind, type Ledger } from '#bench/revocation/ledger'

/** Answers by kind. */
export type Answers = Readonly<Record<Kind, number>>

/** Asks verifiers from a thread of its own until the end of `resources`; nothing before it is told how much. */
export function openAsking(
  resources: AsyncDisposableStack,
  asking: {
    readonly ledger: Ledger
    readonly urls: readonly string[]
    readonly gateway: string
    readonly secrets: readonly string[]
  },
) {
  const { ledger } = asking
  const worker = new Worker(new URL('asker.ts', import.meta.url), { workerData: asking })
  worker.on('error', (error) => {
    throw error
  })
  resources.defer(async () => void (await worker.terminate()))
  return {
    /** So many requests a second to each verifier; null: as many as they answer. */
    ask: (perSecond: number | null) => worker.postMessage({ perSecond }),
    /** The answers since the last time that this was asked, of all verifiers together, and the longest wait for one. */
    takeAnswers(): { readonly answers: Answers; readonly longestMs: number } {
      const of = (kind: number) => ledger.counts.reduce((sum, n, at) => sum + (at % KINDS.length === kind ? n : 0), 0)
      const [active = 0, inactive = 0, unavailable = 0, failed = 0, broken = 0] = KINDS.map((_, kind) => of(kind))
      const longestMs = Math.round(Math.max(...ledger.longest))
      ledger.counts.fill(0)
      ledger.longest.fill(0)
      return { answers: { active, inactive, unavailable, failed, broken }, longestMs }
    },
  }
}
