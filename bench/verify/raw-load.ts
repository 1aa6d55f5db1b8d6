import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { quantile } from '#bench/statistics'

// The generator where there is no wrk: 32 connections that each ask again as soon as they are answered, with requests
// put together beforehand. Prints what wrk.lua prints. `node bench/verify/raw-load.ts <url> <seconds>`

const [url = '', seconds = ''] = process.argv.slice(2)
const { hostname, port, host } = new URL(url)
const [gateway, ...secrets] = readFileSync(process.env['SECRETS'] ?? '', 'latin1').split('\n')
const requests = secrets.map((secret) => {
  const body = `{"token":"${secret}"}`
  const head = `POST /api/v1/verify HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${gateway}\r\nContent-Type: application/json\r\n`
  return Buffer.from(`${head}User-Agent: bench/1\r\nContent-Length: ${body.length}\r\n\r\n${body}`, 'latin1')
})
const took: number[] = []
let failed = 0
let at = Number(process.env['FROM'] ?? 0)
const begun = performance.now()
const until = begun + Number(seconds) * 1_000

function run(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect(Number(port), hostname)
  socket.setNoDelay().setEncoding('latin1')
  let answer = ''
  let sent = 0
  const ask = () => {
    if (performance.now() >= until) return socket.destroy()
    sent = performance.now()
    answer = ''
    return socket.write(requests[at++ % requests.length] ?? '')
  }
  socket.on('connect', ask)
  socket.on('data', (chunk) => {
    answer += chunk
    if (!isWhole(answer)) return
    took.push(performance.now() - sent)
    if (!answer.startsWith('HTTP/1.1 200')) failed++
    ask()
  })
  socket.on('error', () => failed++)
  socket.on('close', () => resolve())
  return promise
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head === -1) return false
  const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head)) ?? []
  return answer.length >= head + 4 + Number(length)
}

await Promise.all(Array.from({ length: 32 }, run))
const elapsed = (performance.now() - begun) / 1_000
const times = { p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99) }
console.log(JSON.stringify({ requests: took.length, seconds: elapsed, failed, ...times }))
