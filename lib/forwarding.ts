import type { IncomingMessage } from 'node:http'
import { readAddress } from '#lib/address'
import { inRange, parseAddress, parseRange } from '#lib/network'

const FORWARDING = [
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'x-request-id',
]

/** Whether an address is one of our proxies, whose word on where a request came from counts. */
export type IsTrusted = (address: string) => boolean

/** Reads a list of addresses and networks once, for all the requests to come; what is neither counts for nothing. */
export function trustedProxies(list: readonly string[]): IsTrusted {
  const ranges = list.flatMap((range) => parseRange(range) ?? [])
  if (ranges.length === 0) return () => false
  return (text) => {
    const address = parseAddress(text)
    return address !== null && ranges.some((range) => inRange(address, range))
  }
}

/**
 * Leaves on a request only what may be believed of where it came from: `x-forwarded-for` becomes the one address of the
 * client, and what else a peer says of forwarding goes, unless that peer is a trusted proxy. Run before anything reads
 * the request.
 */
export function settleForwarding(request: IncomingMessage, isTrusted: IsTrusted): void {
  const peer = request.socket.remoteAddress ?? ''
  let client = peer
  if (isTrusted(peer)) client = clientBehind(peer, String(request.headers['x-forwarded-for'] ?? ''), isTrusted)
  else for (const name of FORWARDING) if (request.headers[name] !== undefined) delete request.headers[name]
  request.headers['x-forwarded-for'] = readAddress(client)?.text ?? client
}

// Each proxy adds the peer that it saw at the end: from there back, the first that is no proxy of ours is the client.
function clientBehind(proxy: string, forwardedFor: string, isTrusted: IsTrusted): string {
  const named = forwardedFor.split(',').reverse().map(withoutPort)
  const unreadable = named.findIndex((each) => parseAddress(each) === null)
  // Beyond what cannot be read nothing counts: whoever wrote it may have written the rest.
  const chain = [proxy, ...(unreadable === -1 ? named : named.slice(0, unreadable))]
  return chain.find((each) => !isTrusted(each)) ?? chain.at(-1) ?? proxy
}

// Some proxies name the port too: 203.0.113.9:51234, [2001:db8::1]:51234.
const withoutPort = (text: string) =>
  text
    .trim()
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^\[([^\]]+)\](?::\d+)?$/, '$1')
