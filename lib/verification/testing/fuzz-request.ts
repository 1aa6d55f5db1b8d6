import { type Body, formBody, jsonBody } from '#lib/verification/testing/fuzz-body'
import type { Random } from '#lib/verification/testing/fuzz-random'
import { addressText, presented, someFields } from '#lib/verification/testing/fuzz-text'

/** What the requests of a run are made from. */
export type Material = {
  /** Good, and good for nothing but being asked about; by token. */
  readonly good: readonly [string, ...string[]]
  /** Of a caller that may verify. */
  readonly gateway: string
  /** Revoked, expired, suspended and so on: never active, whatever is asked. */
  readonly bad: readonly [string, ...string[]]
}

const SCHEMES = ['Bearer', 'Bearer', 'Bearer', 'bearer', 'BEARER', 'Basic', 'Token', '', 'Bearer,', 'DPoP'] as const
const FORWARDED = ['10.0.0.1, 10.0.0.2', '127.0.0.1', ',,,', 'unknown', '[::1]:80', '1.2.3.4:5, ::1', '"'] as const
const LINES = [
  ...['Cache-Control: max-age=0', 'Cache-Control: only-if-cached', 'If-None-Match: *', 'Range: bytes=0-1'],
  ...['Expect: 100-continue', 'Upgrade: h2c', 'Connection: upgrade', 'X-HTTP-Method-Override: DELETE'],
  ...['Forwarded: for=127.0.0.1', 'X-Real-IP: ::1', 'Content-Encoding: gzip', 'Accept: text/html', 'Te: trailers'],
  ...[
    'Cookie: a=b',
    'Content-Length: 5',
    'Transfer-Encoding: identity',
    'Transfer-Encoding: gzip, chunked',
    'x',
    ': y',
  ],
] as const
const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'DELETE', 'TRACE', 'get', 'PROPFIND', 'X'] as const

/** A whole request in bytes: the route, what it says, and how it is put, each right or wrong. */
export function requestBytes(random: Random, { good, gateway, bad }: Material): Buffer {
  const route = random.pick(['verify', 'verify', 'verify', 'introspect', 'introspect', 'me', 'me', 'revoke'])
  const secret = random.oneIn(2) ? random.pick(bad) : random.pick(good)
  const body: Body | null =
    route === 'verify'
      ? jsonBody(random, secret)
      : route === 'me' && !random.oneIn(10)
        ? null
        : formBody(random, secret)
  // Revocation would take it: what is good is for the others alone.
  if (route === 'revoke' && body !== null && mentions(body.bytes, [...good, gateway]))
    return requestBytes(random, { good: bad, gateway, bad })

  const own = route === 'me' ? presented(random, secret) : random.oneIn(6) ? presented(random, gateway) : gateway
  const lines = random.oneIn(30) ? [] : [`Authorization: ${random.oneIn(10) ? random.pick(SCHEMES) : 'Bearer'} ${own}`]
  if (random.oneIn(25)) lines.push(`Authorization: Bearer ${presented(random, random.pick(good))}`)
  if (random.oneIn(8)) lines.push(random.pick(LINES) ?? '')
  if (random.oneIn(8)) lines.push(`X-Forwarded-For: ${random.oneIn(2) ? random.pick(FORWARDED) : addressText(random)}`)
  if (body !== null) lines.push(`Content-Type: ${body.type}`)
  const chunked = body !== null && random.oneIn(15)
  if (chunked) lines.push('Transfer-Encoding: chunked')
  if (body !== null && (!chunked || random.oneIn(10)))
    lines.push(`Content-Length: ${lengthOf(random, body.bytes.length)}`)
  lines.push('Connection: close')

  const method = random.oneIn(25) ? random.pick(METHODS) : route === 'me' ? 'GET' : 'POST'
  const query = random.oneIn(route === 'me' ? 2 : 20) ? `?${queryOf(random)}` : ''
  const version = random.oneIn(100) ? random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '']) : 'HTTP/1.1'
  const head = [`${method} /api/v1/${route}${query} ${version}`, 'Host: verifier', ...lines, '', '']
  const bytes = Buffer.from(head.join(random.oneIn(100) ? '\n' : '\r\n'), random.oneIn(10) ? 'utf8' : 'latin1')
  const sent = body === null ? Buffer.alloc(0) : chunked ? chunksOf(random, body.bytes) : body.bytes
  return Buffer.concat([bytes, sent])
}

/** Whether a request holds one of those secrets, however it is written: as it is, escaped in JSON or a form, in chunks. */
export function mentions(bytes: Buffer, secrets: readonly string[]): boolean {
  const raw = bytes.toString('latin1').replace(/\r\n[0-9a-fA-F]{1,6}\r\n/g, '')
  const unescaped = raw.replace(/\\u([0-9a-fA-F]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
  const decoded = raw.replace(/%([0-9a-fA-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
  return secrets.some((secret) => [raw, unescaped, decoded].some((text) => text.includes(secret)))
}

const lengthOf = (random: Random, length: number) =>
  random.oneIn(20)
    ? random.pick([length + 1, Math.max(0, length - 1), '', '-1', '+5', '0x10', 70_000, `${length}, ${length}`])
    : length

const queryOf = (random: Random) =>
  someFields(random)
    .map(
      ([name, value]) =>
        `${name}=${random.oneIn(6) ? value.replace(/[\s#]/g, '') : encodeURIComponent(value.toWellFormed())}`,
    )
    .join('&')

function chunksOf(random: Random, bytes: Buffer): Buffer {
  const chunk = (part: Buffer) =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])
  const at = random.below(bytes.length + 1)
  const parts = [bytes.subarray(0, at), bytes.subarray(at)].filter((part) => part.length > 0).map(chunk)
  const end = random.oneIn(10)
    ? random.pick(['', '0\r\n', 'x\r\n\r\n', '0\r\nAuthorization: Bearer x\r\n\r\n'])
    : '0\r\n\r\n'
  return Buffer.concat([...parts, Buffer.from(end)])
}
