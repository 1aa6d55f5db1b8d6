import type { IncomingMessage } from 'node:http'
import { readAddress } from '#lib/address'
import { type SecretString, secretString } from '#lib/tokens/secret'
import type { Caller } from '#lib/verification/verify'

/**
 * Who asks, by `Authorization: Bearer` (RFC 6750, 2.1); null without one, and with several, of which a proxy before us
 * may have judged another than we would.
 */
export function callerOf(request: IncomingMessage): Caller | null {
  if (isGivenTwice(request.rawHeaders, 'authorization')) return null
  const credential = credentialOf(request)
  if (credential === null) return null
  return {
    credential,
    path: pathOf(request.url ?? ''),
    address: readAddress(request.headers['x-forwarded-for']?.toString()),
    userAgent: request.headers['user-agent'],
    anew: isAnew(request.headers['cache-control']),
  }
}

const isAnew = (header: string | undefined) => header !== undefined && /\bno-cache\b/i.test(header)

function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

type Sent = { readonly header: string; readonly credential: SecretString }

/** What came last on a connection: nearly always the same comes again, and what is known of it need not be worked out anew. */
const lastOn = new WeakMap<object, Sent>()

function credentialOf({ headers, socket }: IncomingMessage): SecretString | null {
  const { authorization: header } = headers
  if (header === undefined) return null
  const last = lastOn.get(socket)
  if (last?.header === header) return last.credential
  const [, text] = /^bearer +(\S.*)$/i.exec(header) ?? []
  if (text === undefined) return null
  const credential = secretString(text)
  lastOn.set(socket, { header, credential })
  return credential
}

// As they came: of several with one name, `headers` keeps the first alone.
function isGivenTwice(rawHeaders: readonly string[], name: string): boolean {
  let times = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at]
    if (given?.length === name.length && given.toLowerCase() === name) times++
  }
  return times > 1
}
