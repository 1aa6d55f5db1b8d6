import { SocketAddress } from 'node:net'
import { parseAddress } from '#lib/network'

/** An address in the one way it is compared (bytes) and kept (text, RFC 5952; an IPv4-mapped one as IPv4). */
export type Address = { readonly bytes: Uint8Array; readonly text: string }

const REMEMBERED_AT_MOST = 10_000
const remembered = new Map<string, Address>()

/** Reads an address, leaving out an IPv6 zone; null where it is none. The same few are read at every request, so they are remembered. */
export function readAddress(text: string | undefined): Address | null {
  if (text === undefined) return null
  const known = remembered.get(text)
  if (known !== undefined) return known
  const address = parse(text)
  if (address === null) return null
  if (remembered.size >= REMEMBERED_AT_MOST) remembered.clear()
  remembered.set(text, address)
  return address
}

function parse(text: string): Address | null {
  const [plain = ''] = text.split('%')
  const bytes = parseAddress(plain)
  if (bytes === null) return null
  if (bytes.length === 4) return { bytes, text: bytes.join('.') }
  return { bytes, text: new SocketAddress({ address: plain, family: 'ipv6' }).address }
}
