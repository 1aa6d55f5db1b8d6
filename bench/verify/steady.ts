import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { quantile } from '#bench/statistics'

// A process of its own for steady-verify.ts, so that it can have a core of its own: asks for so many seconds and prints
// the latencies, from when each request was due, without those of the first second.
// `QUESTION={"url","credential","body","perSecond"} node bench/verify/steady.ts <seconds>`

const seconds = Number(process.argv[2])
const worker = new Worker('./bench/steady-verify.ts', { workerData: JSON.parse(process.env['QUESTION'] ?? '') })
const took: number[] = []
let failed = 0
let from = Number.POSITIVE_INFINITY
worker.on('message', (each: { due: number; took: number; ok: boolean }) => {
  if (!each.ok) failed++
  else if (each.due >= from) took.push(each.took)
})
await once(worker, 'online')
await pause(1_000)
from = performance.timeOrigin + performance.now()
await pause(seconds * 1_000)
await worker.terminate()
console.log(JSON.stringify({ asked: took.length, failed, p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99) }))
