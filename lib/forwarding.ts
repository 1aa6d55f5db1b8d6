import type { IncomingMessage } from 'node:http'
import { readAddress } from '#lib/address'
import { inRange, parseAddress, parseRange } from '#lib/network'

const FORWARDING = ['forwarded', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-real-ip']

/**
 * Leaves on a request only what may be believed of where it came from: `x-forwarded-for` becomes the one address of the
 * client, and what else a peer says of forwarding goes, unless that peer is a trusted proxy. Run before anything reads
 * the request.
 */
export function settleForwarding(request: IncomingMessage, trustedProxies: readonly string[]): void {
  const peer = request.socket.remoteAddress ?? ''
  const ranges = trustedProxies.flatMap((range) => parseRange(range) ?? [])
  const trusted = (text: string) => {
    const address = parseAddress(text)
    return address !== null && ranges.some((range) => inRange(address, range))
  }
  // Each proxy adds the peer that it saw at the end: from there back, the first that is no proxy of ours is the client.
  const named = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .reverse()
    .map(withoutPort)
  const unreadable = named.findIndex((each) => parseAddress(each) === null)
  // Beyond what cannot be read nothing counts: whoever wrote it may have written the rest.
  const chain = [peer, ...(unreadable === -1 ? named : named.slice(0, unreadable))]
  if (!trusted(peer)) for (const name of FORWARDING) delete request.headers[name]
  const client = trusted(peer) ? (chain.find((each) => !trusted(each)) ?? chain.at(-1) ?? peer) : peer
  request.headers['x-forwarded-for'] = readAddress(client)?.text ?? client
}

// Some proxies name the port too: 203.0.113.9:51234, [2001:db8::1]:51234.
const withoutPort = (text: string) =>
  text
    .trim()
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^\[([^\]]+)\](?::\d+)?$/, '$1')
