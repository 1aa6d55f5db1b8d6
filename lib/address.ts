import { SocketAddress } from 'node:net'
import { parseAddress } from '#lib/network'

/** An address in the one way it is compared (bytes) and kept (text, RFC 5952; an IPv4-mapped one as IPv4). */
export type Address = { readonly bytes: Uint8Array; readonly text: string }

/** Reads an address, leaving out an IPv6 zone; null where it is none. */
export function readAddress(text: string | undefined): Address | null {
  const [plain = ''] = text?.split('%') ?? []
  const bytes = parseAddress(plain)
  if (bytes === null) return null
  if (bytes.length === 4) return { bytes, text: bytes.join('.') }
  return { bytes, text: new SocketAddress({ address: plain, family: 'ipv6' }).address }
}
