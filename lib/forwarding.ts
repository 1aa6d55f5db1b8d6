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
  const named = String(request.headers['x-forwarded-for'] ?? '').split(',')
  // Each proxy adds the peer that it saw at the end: the last one that is no proxy of ours is the client.
  const chain = [...named.map((each) => each.trim()).filter((each) => parseAddress(each) !== null), peer]
  if (!trusted(peer)) for (const name of FORWARDING) delete request.headers[name]
  const client = trusted(peer) ? (chain.findLast((each) => !trusted(each)) ?? peer) : peer
  request.headers['x-forwarded-for'] = readAddress(client)?.text ?? client
}
