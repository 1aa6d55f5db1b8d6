import { createHmac } from 'node:crypto'
import { readAddress } from '#lib/address'
import { env } from '#lib/env'

/** Under which keys a try is counted: HMAC-SHA-256, 32 bytes each. */
export type FailureKeys = { readonly account: Uint8Array; readonly network: Uint8Array; readonly all: Uint8Array }

/**
 * The network of an address: IPv4 to the last bit, IPv6 its first 64, which one customer of a provider usually holds
 * whole. Everybody without a readable address counts as one network.
 */
export function networkOf(ip: string | null): string {
  const bytes = readAddress(ip ?? undefined)?.bytes
  return bytes === undefined ? 'unknown' : Buffer.from(bytes.subarray(0, 8)).toString('hex')
}

/**
 * The keys for an e-mail address as compared, whether or not it has an account, and a network. Of what was typed
 * nothing can be found again without AUTH_SECRET: it may have been a password.
 */
export function failureKeys(emailKey: string, network: string): FailureKeys {
  const key = (...parts: string[]) => keyed('password failures', ...parts)
  return { account: key('account', emailKey, network), network: key('network', network), all: key('all') }
}

/** The same for mails to reset a password: those to one address count together, wherever they were asked for. */
export const resetKeys = (emailKey: string, network: string): FailureKeys => ({
  account: keyed('password resets', 'account', emailKey),
  network: keyed('password resets', 'network', network),
  all: keyed('password resets', 'all'),
})

/** The key under which it is noted that an intent, which a browser carries to the provider and back, was acted on. */
export const intentKey = (id: string): Uint8Array => keyed('provider intents', id)

function keyed(...parts: string[]): Uint8Array {
  const secret = env().authSecret
  if (secret === undefined) throw new Error('AUTH_SECRET is set by the server before the desk starts')
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest()
}
