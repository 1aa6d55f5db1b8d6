import postgres from 'postgres'
import { quantile } from '#bench/statistics'

// Where there is no pgbench: 8 connections of postgres.js, each asked again as soon as it answered.
// `node bench/verify/driver-load.ts <tokens> <seconds>`

const [tokens = 0, seconds = 0] = process.argv.slice(2).map(Number)
const sql = postgres(process.env['DATABASE_URL'] ?? '', { max: 8 })
const took: number[] = []
const begun = performance.now()

async function run(): Promise<void> {
  while (performance.now() < begun + seconds * 1_000) {
    const sent = performance.now()
    const id = String(1 + Math.floor(Math.random() * tokens)).padStart(16, 'T')
    await sql.unsafe(`${process.env['SELECT']} $1`, [id], { prepare: true })
    took.push(performance.now() - sent)
  }
}

await Promise.all(Array.from({ length: 8 }, run))
const elapsed = (performance.now() - begun) / 1_000
await sql.end()
console.log(
  JSON.stringify({ requests: took.length, seconds: elapsed, p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99) }),
)
