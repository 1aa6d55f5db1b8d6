import { z } from 'zod'

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

/** An address as numbers: IPv4 as 4 bytes, IPv6 as 16; an IPv4-mapped IPv6 address counts as the IPv4 one. */
export function parseAddress(text: string): Uint8Array | null {
  if (IPV4.test(text)) return Uint8Array.from(text.split('.'), Number)
  const groups = ipv6Groups(text)
  if (groups === null) return null
  const bytes = Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return mapped ? bytes.slice(12) : bytes
}

function ipv6Groups(text: string): number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const parsed = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  const [head, tail] = parsed
  if (head === undefined || head === null || tail === null) return null
  if (tail === undefined) return head.length === 8 ? head : null
  const gap = 8 - head.length - tail.length
  return gap < 1 ? null : [...head, ...Array<number>(gap).fill(0), ...tail]
}

function groupsOf(half: string, mayEndInIpv4: boolean): number[] | null {
  if (half === '') return []
  const words = half.split(':')
  const groups: number[] = []
  for (const [index, word] of words.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(word)) groups.push(Number.parseInt(word, 16))
    else if (mayEndInIpv4 && index === words.length - 1 && IPV4.test(word)) {
      const [a = 0, b = 0, c = 0, d = 0] = word.split('.').map(Number)
      groups.push(a * 256 + b, c * 256 + d)
    } else return null
  }
  return groups
}

/** A range in CIDR form (RFC 4632, RFC 4291), or one address; null where it is neither. */
export function parseRange(text: string): { readonly address: Uint8Array; readonly bits: number } | null {
  const [addressText = '', lengthText, ...rest] = text.split('/')
  const address = parseAddress(addressText)
  if (address === null || rest.length > 0) return null
  const mapped = address.length === 4 && addressText.includes(':')
  if (lengthText === undefined) return { address, bits: address.length * 8 }
  if (!/^(?:0|[1-9]\d{0,2})$/.test(lengthText)) return null
  const bits = Number(lengthText) - (mapped ? 96 : 0)
  return bits >= 0 && bits <= address.length * 8 ? { address, bits } : null
}

/** Whether the address lies in the range; IPv4 and IPv6 never match each other, but for mapped addresses. */
export function inRange(address: Uint8Array, range: { readonly address: Uint8Array; readonly bits: number }): boolean {
  if (address.length !== range.address.length) return false
  return address.every((byte, index) => {
    const covered = Math.min(8, Math.max(0, range.bits - index * 8))
    const mask = (0xff00 >> covered) & 0xff
    return (byte & mask) === ((range.address[index] ?? 0) & mask)
  })
}

/** Whether all of a range lies in another; what is no range lies in none. */
export function rangeWithin(inner: string, outer: string): boolean {
  const [one, other] = [parseRange(inner), parseRange(outer)]
  return one !== null && other !== null && other.bits <= one.bits && inRange(one.address, other)
}

/** An address or a range as people type it; bits beyond the prefix count for nothing. */
export const ipRange = z
  .string()
  .trim()
  .max(50, 'This is not an address range.')
  .refine((text) => parseRange(text) !== null, 'Use an address or a range such as 203.0.113.0/24.')
