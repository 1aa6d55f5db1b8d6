import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { HOT, instant, KINDS, type Kind, type Ledger } from '#bench/revocation/ledger'

// A thread that asks verifiers about tokens on connections that are kept alive, at a steady rate whatever the answers do
// (open loop), or as fast as they answer (`perSecond` null), and notes in the ledger what was accepted and when. It
// leaves out what it would have to ask while `CONNECTIONS_AT_MOST` wait.

const CONNECTIONS_AT_MOST = 250
const CLOSED_LOOPS = 16

type Order = { readonly perSecond: number | null | 'end' }
const { ledger, urls, gateway, secrets } = workerData as {
  readonly ledger: Ledger
  readonly urls: readonly string[]
  readonly gateway: string
  readonly secrets: readonly string[]
}

const requests = secrets.map((secret) => {
  const body = `{"token":"${secret}"}`
  const head = `POST /api/v1/verify HTTP/1.1\r\nHost: verifier\r\nAuthorization: Bearer ${gateway}\r\nContent-Type: application/json\r\n`
  return Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n${body}`, 'latin1')
})

const asked = urls.map((url, verifier) => openAsked(new URL(url), verifier))
let order: Order = { perSecond: 0 }
let begun = instant()
let sent = 0
let turn = 0

function pickToken(): number {
  const hot = Math.random() < 0.5 ? (ledger.hot[Math.floor(Math.random() * HOT)] ?? 0) : 0
  return hot > 0 ? hot : Math.floor(Math.random() * secrets.length)
}

function openAsked({ hostname, port }: URL, verifier: number) {
  const idle: Socket[] = []
  let open = 0

  function note(kind: Kind, token: number, since: number) {
    const now = instant()
    const at = verifier * KINDS.length + KINDS.indexOf(kind)
    ledger.counts[at] = (ledger.counts[at] ?? 0) + 1
    ledger.longest[verifier] = Math.max(ledger.longest[verifier] ?? 0, now - since)
    if (kind !== 'active') return
    const place = verifier * ledger.tokens + token
    ledger.sent[place] = Math.max(ledger.sent[place] ?? 0, since)
    ledger.came[place] = now
    ledger.lastActive[verifier] = now
  }

  function ask(): void {
    const kept = idle.pop()
    if (kept === undefined && open >= CONNECTIONS_AT_MOST) return
    const socket = kept ?? connect(Number(port), hostname).setNoDelay().setEncoding('latin1')
    if (kept === undefined) open++
    const token = pickToken()
    const since = instant()
    let text = ''
    let ended = false
    const finish = (kind: Kind) => {
      if (ended) return
      ended = true
      socket.removeAllListeners()
      note(kind, token, since)
      if (kind === 'broken') {
        open--
        socket.on('error', () => {}).destroy()
      } else {
        // It may be ended while nobody asks on it.
        socket.once('close', () => {
          open--
          const at = idle.indexOf(socket)
          if (at !== -1) idle.splice(at, 1)
        })
        socket.on('error', () => {})
        idle.push(socket)
      }
      if (order.perSecond === null) setImmediate(ask)
    }
    socket.removeAllListeners()
    socket.on('data', (chunk) => {
      text += chunk
      const kind = kindOf(text)
      if (kind !== null) finish(kind)
    })
    socket.on('error', () => finish('broken'))
    socket.on('close', () => finish('broken'))
    socket.write(requests[token] ?? '')
  }
  return { ask }
}

function kindOf(text: string): Kind | null {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return null
  const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head)) ?? []
  if (text.length < head + 4 + Number(length)) return null
  if (text.startsWith('HTTP/1.1 200')) return text.startsWith('{"active":true', head + 4) ? 'active' : 'inactive'
  return text.startsWith('HTTP/1.1 503') && /\r\nretry-after: \d/i.test(text.slice(0, head)) ? 'unavailable' : 'failed'
}

parentPort?.on('message', (next: Order) => {
  if (next.perSecond === 'end') process.exit()
  const wasClosed = order.perSecond === null
  order = next
  begun = instant()
  sent = 0
  if (next.perSecond === null && !wasClosed)
    for (const { ask } of asked) for (let loop = 0; loop < CLOSED_LOOPS; loop++) ask()
})

// Each verifier gets as many a second as is said.
setInterval(() => {
  const { perSecond } = order
  if (typeof perSecond !== 'number') return
  const due = Math.floor(((instant() - begun) / 1_000) * perSecond * asked.length)
  for (; sent < due; sent++) asked[turn++ % asked.length]?.ask()
}, 1)
