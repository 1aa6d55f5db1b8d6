import { crc32 } from 'node:zlib'
import type { Random } from '#lib/verification/testing/fuzz-random'

// What parsers of texts trip over.
const ODD = [
  ...['\0', '\t', '\r\n', ' ', '\u00a0', '\u200d', '\ufeff', '\ud800', '\udc00', '\u202e', '\u0131', 'ſ', '𝟘'],
  ...['%', '%00', '%0', '%zz', '%ff', '+', '&', '=', ';', ',', '"', '\\', '\\u0000', '\\ud800', '{', '}', '[', ']'],
  ...['_', '__', '-', '.', ':', '::', '/', '0', 'O', 'l', '\x7f', '\x1f', 'é', '‮', 'ｔ'],
] as const

/** A text with a few small wounds: characters cut, doubled, swapped, flipped in one bit, or odd ones put in. */
export function wounded(random: Random, text: string): string {
  let changed = text
  for (let wounds = 1 + random.below(3); wounds > 0; wounds--) {
    const at = random.below(changed.length + 1)
    const [before, after] = [changed.slice(0, at), changed.slice(at)]
    const wound = random.below(8)
    if (wound === 0) changed = before + after.slice(1)
    else if (wound === 1) changed = before + after.slice(random.below(20))
    else if (wound === 2) changed = before + (random.pick(ODD) ?? '') + after
    else if (wound === 3) changed = before + after.slice(0, 8) + after
    else if (wound === 4) changed = before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2)
    else if (wound === 5) changed = before + (random.pick(ODD) ?? '') + after.slice(1)
    else if (wound === 6 && after !== '')
      changed = before + String.fromCharCode(after.charCodeAt(0) ^ (1 << random.below(8))) + after.slice(1)
    else if (wound === 7 && random.oneIn(20)) changed = changed.repeat(1 + random.below(200))
  }
  return changed
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIXES = ['tok', 'tok', 'old', 'other', 'TOK'] as const

const base62 = (random: Random, length: number) =>
  Array.from({ length }, () => ALPHABET.charAt(random.below(62))).join('')

/** A secret in the right form, of any kind, under a prefix that need not be accepted. */
export function freshSecret(random: Random): string {
  return withChecksum(
    `${random.pick(PREFIXES)}_${random.pick(['pat', 'org', 'svc'])}_${base62(random, 16)}_${base62(random, 43)}`,
  )
}

function withChecksum(text: string): string {
  let rest = crc32(text)
  let checksum = ''
  for (let place = 0; place < 6; place++, rest = Math.floor(rest / 62)) checksum = ALPHABET.charAt(rest % 62) + checksum
  return text + checksum
}

/** What somebody presents who means that secret: it, a wounded one, a forged one under its id, another, or anything. */
export function presented(random: Random, secret: string): string {
  const drawn = random.below(10)
  if (drawn === 0 || drawn === 6) return secret
  if (drawn === 1) return freshSecret(random)
  if (drawn === 2) return secret.slice(0, -6) + freshSecret(random).slice(-6)
  if (drawn === 3) return withChecksum(secret.slice(0, -49) + base62(random, 43))
  if (drawn === 4) {
    const otherKind = secret.replace(/_(org|pat|svc)_/, `_${random.pick(['org', 'pat', 'svc', 'adm'])}_`)
    return random.oneIn(2) ? otherKind : withChecksum(otherKind.slice(0, -6))
  }
  if (drawn === 5 && random.oneIn(50)) return 'x'.repeat(random.below(70_000))
  return wounded(random, secret)
}

const SCOPES = [
  'data:read',
  'tokens:verify',
  'measurements:write',
  'data:read reports:read',
  '',
  ' ',
  'a  b',
  'é',
] as const
const RESOURCES = ['device:1', 'device:2', '', '1', 'device:', '*'] as const
const ORGANIZATIONS = ['alder', 'birch', 'northwind', 'platform', '', 'nowhere', '__proto__', '..', 'ALDER'] as const
const ADDRESSES = [
  ...['127.0.0.1', '10.1.2.3', '203.0.113.9', '0.0.0.0', '255.255.255.255', '1.2.3', '1.2.3.4.5', '01.2.3.4'],
  ...['::', '::1', '::ffff:10.1.2.3', '::ffff:0a01:0203', 'fe80::1%eth0', '2001:db8::/32', '1::2::3', '::1.2.3.4'],
  ...['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:1.2.3.4', '64:ff9b::10.1.2.3', '10.0.0.0/8', '::/0', ''],
  ...['::ffff:10.0.0.0/104', '0.0.0.0/0', '10.1.2.3/32', '10.1.2.3/33', '::1/129', '10.0.0.0/08', '1.2.3.4%25'],
] as const

const maybeWounded = (random: Random, text: string) => (random.oneIn(4) ? wounded(random, text) : text)

/** What a verification says of its request, a field each. */
export const FIELDS = {
  scope: (random: Random) => maybeWounded(random, random.pick(SCOPES)),
  resource: (random: Random) => maybeWounded(random, random.pick(RESOURCES)),
  organization: (random: Random) => maybeWounded(random, random.pick(ORGANIZATIONS)),
  ip: (random: Random) => addressText(random),
  userAgent: (random: Random) => maybeWounded(random, 'curl/8.0'),
  endpoint: (random: Random) => maybeWounded(random, '/orders'),
} as const

/** An address or a range, or what looks like one. */
export const addressText = (random: Random) => maybeWounded(random, random.pick(ADDRESSES) ?? '')

/** Some of those fields, and one that there is not now and then. */
export function someFields(random: Random): [string, string][] {
  const fields = Object.entries(FIELDS).flatMap(([name, make]): [string, string][] =>
    random.oneIn(4) ? [[name, make(random)]] : [],
  )
  if (random.oneIn(20)) fields.push([random.pick(['__proto__', 'constructor', 'toString', 'Token', 'x']), 'x'])
  return fields
}
