import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Target } from '#bench/verify/target'

const Memory = z.object({ rss: z.number(), heap: z.number() })
export type Memory = z.infer<typeof Memory>

/** What a server that was started with tell-memory.ts holds after a collection, in bytes; the uses it kept are written. */
export async function memoryOf({ pid, output }: Target): Promise<Memory> {
  await pause(1_000)
  process.kill(pid, 'SIGUSR2')
  for (;;) {
    const [chunk] = await once(output, 'data')
    const [, told] = /memory (\{.*\})/.exec(String(chunk)) ?? []
    if (told !== undefined) return Memory.parse(JSON.parse(told))
  }
}
