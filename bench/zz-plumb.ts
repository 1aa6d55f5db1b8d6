import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { openHttp } from '#lib/server/open-http'
import { onBody } from '#lib/verification/body'

const readBody = (r: never, n: number) => new Promise<unknown>((resolve) => onBody(r, n, resolve))

import { settleForwarding } from '#lib/forwarding'
import { createLog } from '#lib/log'
import { deriveSecret, parseSecret, secretString } from '#lib/tokens/secret'
import { openAdmission } from '#lib/verification/admission'
import { callerOf } from '#lib/verification/caller'
import { openFactsCache } from '#lib/verification/facts-cache'
import { readVerifyInput } from '#lib/verification/input'
import { openLease } from '#lib/verification/lease'
import { openLookUps } from '#lib/verification/look-ups'
import { openObserver } from '#lib/verification/observe'
import { ROUTES } from '#lib/verification/routes'
import { openTally } from '#lib/verification/tally'
import { verify } from '#lib/verification/verify'

const mode = process.argv[2]
const lease = openLease()
const cache = openFactsCache(200000)
setInterval(() => lease.grant(lease.now()), 500).unref()
lease.grant(lease.now())
const lookUps = openLookUps({
  database: { ask: () => Promise.reject(new Error('x')) },
  cache,
  lease,
  admission: openAdmission(),
  remembers: true,
})
const place = {
  id: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  slug: 'p',
  name: 'P',
  path: ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  suspended: false,
  closed: false,
  tier: 'Advanced',
  scopesOfTier: [],
}
let next = 0
const add = (scopes: string[]) => {
  const id = String(next++).padStart(16, 'T')
  const secret = deriveSecret({ prefix: 'tok', kind: 'organization', id, key: 'A'.repeat(22), salt: Buffer.alloc(32) })
  const share = cache.share(lease.now())
  const kept = share.place(place)
  cache.keepToken(
    {
      facts: {
        id,
        name: 'Token ' + id,
        kind: 'organization',
        subject: kept.id,
        scopes: share.words(scopes),
        place: kept,
        revoked: false,
        expiresAt: new Date('2030-01-01'),
        resources: null,
        ranges: null,
      },
      secrets: [{ digest: secret.digest(), mintedAt: '2026-01-01T00:00:00.000Z', retiresAt: null, revealOpen: false }],
      owner: null,
    },
    lease.now(),
  )
  return secret.reveal()
}
writeFileSync(
  '/tmp/plumb-secrets.txt',
  [add(['tokens:verify']), ...Array.from({ length: 20000 }, () => add(['data:read', 'reports:read']))].join('\n'),
)
const fixed = '{"active":true,"filler":"' + 'x'.repeat(320) + '"}'
const verifier = { lookUps, recorder: { record() {} }, prefixes: ['tok'], clock: () => new Date() } as never
const tally = openTally()
const observe = openObserver({ log: createLog('info'), tally, prefixes: ['tok'] })
const handler: Record<string, Parameters<typeof openHttp>[0]> = {
  floor: (request, response) => {
    const { authorization, 'content-type': type } = request.headers
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      response.writeHead(authorization && type && body ? 200 : 400, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      response.end(fixed)
    })
  },
  body: async (request, response) => {
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    JSON.parse(body.toString())
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  settle: async (request, response) => {
    settleForwarding(request, () => false)
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    callerOf(request)
    readVerifyInput(request.headers['content-type'], body)
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  m0: async (request, response) => {
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const token = JSON.parse(body.latin1Slice()).token as string
    const cred = (request.headers.authorization ?? '').slice(7)

    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  mdig: async (request, response) => {
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const token = JSON.parse(body.latin1Slice()).token as string
    const cred = (request.headers.authorization ?? '').slice(7)
    hash('sha256', token, 'binary')
    hash('sha256', cred, 'binary')
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  mdig1: async (request, response) => {
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const token = JSON.parse(body.latin1Slice()).token as string
    const cred = (request.headers.authorization ?? '').slice(7)
    hash('sha256', token, 'binary')
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  mparse: async (request, response) => {
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const token = JSON.parse(body.latin1Slice()).token as string
    const cred = (request.headers.authorization ?? '').slice(7)
    parseSecret({ reveal: () => token } as never, ['tok'])
    parseSecret({ reveal: () => cred } as never, ['tok'])
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  mmap: async (request, response) => {
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const token = JSON.parse(body.latin1Slice()).token as string
    const cred = (request.headers.authorization ?? '').slice(7)
    if (cache.token(token.slice(-66, -50)) === undefined) throw new Error()
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  l0: async (request, response) => {
    settleForwarding(request, () => false)
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const caller = callerOf(request)
    const asked = readVerifyInput(request.headers['content-type'], body)
    if (caller && 'input' in asked) {
      caller.credential.digest()
      asked.input.token.digest()
      parseSecret(caller.credential, ['tok'])
      parseSecret(asked.input.token, ['tok'])
    }
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  l1: async (request, response) => {
    settleForwarding(request, () => false)
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const caller = callerOf(request)
    const asked = readVerifyInput(request.headers['content-type'], body)
    if (caller && 'input' in asked) await verify(verifier, caller, asked.input)
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  l2: async (request, response) => {
    settleForwarding(request, () => false)
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const reply = await ROUTES.get('/api/v1/verify')!.answer(verifier, request, body)
    JSON.stringify(reply?.body)
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': fixed.length,
        'cache-control': 'no-store',
      })
      .end(fixed)
  },
  logic: async (request, response) => {
    settleForwarding(request, () => false)
    const body = await readBody(request, 65536)
    if (!Buffer.isBuffer(body)) return
    const reply = await ROUTES.get('/api/v1/verify')!.answer(verifier, request, body)
    const text = JSON.stringify(reply?.body)
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': text.length,
        'cache-control': 'no-store',
      })
      .end(text)
    if (process.argv[3]) observe('verify', request, reply as never, 0.1)
  },
}
const nodeish = (request: never, response: never) => {
  settleForwarding(request, () => false)
  const began = performance.now()
  onBody(request, 65536, (body) => {
    const reply = ROUTES.get('/api/v1/verify')!.answer(verifier, request, body as Buffer) as never as {
      body: object
      holds(): boolean
      record(): void
    }
    if (!reply.holds()) throw new Error()
    const text = reply.body as never as string
    ;(response as any)
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
      })
      .end(text)
    reply.record()
    observe('verify', request, reply as never, performance.now() - began)
  })
}

const fast = (norec: boolean, flat: boolean, noobs: boolean) => (request: never, response: never) => {
    settleForwarding(request, () => false)
    const began = performance.now()
    onBody(request, 65536, (body) => {
      const reply = ROUTES.get('/api/v1/verify')!.answer(verifier, request, body as Buffer) as never as { body: string, holds(): boolean, record(): void }
      if (!reply.holds()) throw new Error()
      const text = reply.body
      if (flat) (response as any).writeHead(200, ['content-type', 'application/json', 'content-length', Buffer.byteLength(text), 'cache-control', 'no-store']).end(text, 'latin1')
      else (response as any).writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' }).end(text)
      if (!norec) reply.record()
      if (!noobs) observe('verify', request, reply as never, performance.now() - began)
    })
}
handler['f000'] = fast(false, false, false) as never
handler['f010'] = fast(false, true, false) as never
handler['f001'] = fast(false, false, true) as never
handler['sync'] = nodeish as never
const server = mode === 'floor' ? createServer(handler['floor']) : openHttp(handler[mode as string] as never)
server.listen(0, '127.0.0.1', () =>
  console.log('ready at http://127.0.0.1:' + (server.address() as { port: number }).port),
)
