import type { IncomingMessage } from 'node:http'
import { readAddress } from '#lib/address'
import { secretString } from '#lib/tokens/secret'
import type { Caller } from '#lib/verification/verify'

/** Who asks, by `Authorization: Bearer` (RFC 6750, 2.1); null without one. */
export function callerOf(request: IncomingMessage): Caller | null {
  const [, credential] = /^bearer +(\S.*)$/i.exec(request.headers.authorization ?? '') ?? []
  if (credential === undefined) return null
  return {
    credential: secretString(credential),
    address: readAddress(request.headers['x-forwarded-for']?.toString()),
    userAgent: request.headers['user-agent'],
  }
}
