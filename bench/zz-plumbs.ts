import { median } from '#bench/statistics'
import { load } from '#bench/verify/load'
import { disposeOnSignals } from '#bench/verify/signals'
import { startTarget, type Target } from '#bench/verify/target'

await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
const targets: Record<string, Target> = {}
const modes = process.argv.slice(2)
for (const m of modes) targets[m] = await startTarget(resources, ['bench/zz-plumb.ts', ...m.split(',')], {})
const taken: Record<string, number[]> = {}
for (let i = 0; i < 9; i++)
  for (const [name, t] of Object.entries(targets)) {
    // each wrote its own secrets; only logic needs right ones: started last
    const f = await load(t, { seconds: i === 0 ? 4 : 1, secretsFile: '/tmp/plumb-secrets.txt', wrk: true })
    if (i > 0) (taken[name] ??= []).push(f.cpuMicroseconds ?? 0)
  }
for (const [name, all] of Object.entries(taken))
  console.log(name, 'median', median(all).toFixed(1), 'min', Math.min(...all).toFixed(1))
