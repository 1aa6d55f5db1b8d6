import { BlockList, isIP, SocketAddress } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inRange, ipRange, parseAddress, parseRange } from '#lib/network'

const MAPPED = '::ffff:'
const valid = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4().map((address) => MAPPED + address),
)
const almost = fc
  .tuple(valid, fc.nat(), fc.constantFrom('', '0', '.', ':', '::', '%', '/', 'g', '-', ' ', '256'))
  .map(([text, at, by]) => text.slice(0, at % (text.length + 1)) + by + text.slice((at % (text.length + 1)) + 1))

describe('addresses', () => {
  test('exactly what the system takes for an address is one', () => {
    fc.assert(
      fc.property(
        fc.oneof(valid, almost, fc.string({ unit: fc.constantFrom(...'0123456789abcdef.:'), maxLength: 40 })),
        (text) => {
          fc.pre(!text.includes('%'))
          expect(parseAddress(text) !== null).toBe(isIP(text) !== 0)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  test('an address with a zone, a port or brackets is none', () => {
    for (const text of [
      'fe80::1%eth0',
      '[::1]',
      '127.0.0.1:80',
      ' ::1',
      '::1 ',
      '',
      '1',
      '0x7f.0.0.1',
      '127.1',
      '127.0.0.01',
    ])
      expect(parseAddress(text)).toBeNull()
  })

  test('IPv4 is 4 bytes, IPv6 is 16, and a mapped address is the IPv4 one however it is written', () => {
    const address = [203, 0, 113, 7]
    for (const text of ['203.0.113.7', '::ffff:203.0.113.7', '::FFFF:cb00:7107', '0:0:0:0:0:ffff:203.0.113.7'])
      expect([...(parseAddress(text) ?? [])]).toEqual(address)
    expect([...(parseAddress('2001:db8::1:0') ?? [])]).toEqual([
      0x20,
      1,
      0xd,
      0xb8,
      ...Array<number>(8).fill(0),
      0,
      1,
      0,
      0,
    ])
    expect(parseAddress('::203.0.113.7')).toHaveLength(16)
  })
})

describe('ranges', () => {
  test('an address lies in a range exactly where the system says so', () => {
    const families = fc.oneof(
      fc.record({ address: fc.ipV4(), other: fc.ipV4(), bits: fc.nat(32), family: fc.constant('ipv4') }),
      fc.record({ address: ipV6(), other: ipV6(), bits: fc.nat(128), family: fc.constant('ipv6') }),
    )
    fc.assert(
      fc.property(families, fc.nat(128), ({ address, other, bits, family }, kept) => {
        const near = mix(address, other, kept)
        const list = new BlockList()
        list.addSubnet(address, bits, family)
        const range = parseRange(`${address}/${bits}`)
        for (const candidate of [near, textOf(near, family)])
          expect(range !== null && inRange(bytesOf(candidate), range)).toBe(
            list.check(new SocketAddress({ address: textOf(near, family), family })),
          )
      }),
      { numRuns: 1_000 },
    )
  })

  test('a single address is a range of itself', () => {
    for (const text of ['203.0.113.7', '2001:db8::1']) {
      const range = parseRange(text)
      expect(range && inRange(bytesOf(text), range)).toBe(true)
      expect(range && inRange(bytesOf('203.0.113.8'), range)).toBe(false)
    }
  })

  test('IPv4 and IPv6 never match each other, but for mapped addresses', () => {
    const within = (address: string, range: string) => {
      const parsed = parseRange(range)
      return parsed !== null && inRange(bytesOf(address), parsed)
    }
    expect(within('203.0.113.7', '::/0')).toBe(false)
    expect(within('2001:db8::1', '0.0.0.0/0')).toBe(false)
    expect(within('::ffff:203.0.113.7', '203.0.113.0/24')).toBe(true)
    expect(within('203.0.113.7', '::ffff:203.0.113.0/120')).toBe(true)
    expect(within('203.0.114.7', '::ffff:203.0.113.0/120')).toBe(false)
  })

  test('what is no range is refused, and never taken for a wider one', () => {
    for (const text of [
      '',
      '/',
      '1.2.3.4/',
      '1.2.3.4/33',
      '1.2.3.4/-1',
      '1.2.3.4/024',
      '1.2.3.4/ 8',
      '1.2.3.4/8/8',
      '::/129',
      '::ffff:1.2.3.4/95',
      'x/8',
    ]) {
      expect(parseRange(text)).toBeNull()
      expect(ipRange.safeParse(text).success).toBe(false)
    }
    expect(ipRange.parse(' 203.0.113.0/24 ')).toBe('203.0.113.0/24')
  })
})

// Mapped ones are IPv4 here, and IPv6 to the system.
function ipV6() {
  return fc.ipV6().filter((text) => parseAddress(text)?.length === 16)
}

function bytesOf(address: string | Uint8Array): Uint8Array {
  const bytes = typeof address === 'string' ? parseAddress(address) : address
  if (bytes === null) throw new Error('no address')
  return bytes
}

/** The first `kept` bits of one address, the rest of the other. */
function mix(address: string, other: string, kept: number): Uint8Array {
  const rest = bytesOf(other)
  return bytesOf(address).map((byte, index) => {
    const covered = Math.min(8, Math.max(0, kept - index * 8))
    const mask = (0xff00 >> covered) & 0xff
    return (byte & mask) | ((rest[index] ?? 0) & ~mask & 0xff)
  })
}

function textOf(bytes: Uint8Array, family: 'ipv4' | 'ipv6'): string {
  if (family === 'ipv4') return bytes.join('.')
  return Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  ).join(':')
}
