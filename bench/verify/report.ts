import type { Figures } from '#bench/verify/load'

export type Results = Readonly<Record<'floor' | 'verifier' | 'cold' | 'postgres' | 'betterAuth' | 'fastify', Figures>>

/** What is aimed at, by CPU a request. */
const AIMS = [
  { of: 'floor', says: 'at most 1.5 times the floor', holds: (ratio: number) => ratio <= 1.5 },
  { of: 'fastify', says: 'under Fastify', holds: (ratio: number) => ratio < 1 },
  { of: 'cold', says: 'under half of cold', holds: (ratio: number) => ratio < 0.5 },
  { of: 'betterAuth', says: 'at most an eighth of better-auth', holds: (ratio: number) => ratio <= 1 / 8 },
] as const

/** The figures as a table, and whether the aims are met. */
export function reportOf(results: Results): string {
  const base = results.verifier.cpuMicroseconds ?? Number.NaN
  const lines = ['target       requests/s  CPU µs  verifier is    p50 ms    p99 ms']
  for (const [name, { requestsPerSecond, cpuMicroseconds, p50Ms, p99Ms }] of Object.entries(results)) {
    const cpu = cpuMicroseconds === null ? '-' : cpuMicroseconds.toFixed(1)
    const ratio = cpuMicroseconds === null ? '-' : `${(base / cpuMicroseconds).toFixed(2)} times`
    lines.push(
      `${name.padEnd(12)} ${requestsPerSecond.toFixed(0).padStart(10)} ${cpu.padStart(7)} ${ratio.padStart(12)}` +
        ` ${p50Ms.toFixed(2).padStart(9)} ${p99Ms.toFixed(2).padStart(9)}`,
    )
  }
  lines.push('', 'Aims, by CPU a request:')
  for (const { of, says, holds } of AIMS) {
    const ratio = base / (results[of].cpuMicroseconds ?? Number.NaN)
    lines.push(`  ${says}: ${ratio.toFixed(2)}, ${holds(ratio) ? 'met' : 'MISSED'}`)
  }
  return lines.join('\n')
}
