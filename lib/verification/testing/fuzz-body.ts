import type { Random } from '#lib/verification/testing/fuzz-random'
import { presented, someFields, wounded } from '#lib/verification/testing/fuzz-text'

const JSON_TYPES = [
  ...['application/json', 'application/json', 'application/json', 'application/json; charset=utf-8'],
  ...['application/json;charset=latin1', 'text/json', 'application/jsonp', '', 'APPLICATION/JSON'],
]
const FORM_TYPES = [
  ...['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded', 'application/x-www-form-urlencoded'],
  ...['application/x-www-form-urlencoded; charset="UTF-8"', 'multipart/form-data; boundary=x', 'text/plain', ''],
]
const VALUES = ['null', '1e999', '-0', '[]', '{}', 'true', '"\\ud800"', '"\\u0000"', '[["token"]]', '{"active":true}']

/** A body with its type, and the secret that whoever wrote it meant to present. */
export type Body = { readonly type: string; readonly bytes: Buffer; readonly token: string }

const quoted = (random: Random, text: string) =>
  random.oneIn(8) ? `"${Array.from(text, escaped).join('')}"` : JSON.stringify(text)
const escaped = (character: string) =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')

/** A body of verification in JSON, whole or hurt in one of the ways in which JSON can be. */
export function jsonBody(random: Random, secret: string): Body {
  const token = presented(random, secret)
  const pairs = [['token', token] as const, ...someFields(random)].map(
    ([name, value]) => `${JSON.stringify(name)}:${random.oneIn(30) ? random.pick(VALUES) : quoted(random, value)}`,
  )
  if (random.oneIn(20)) pairs.push(random.pick(pairs) ?? '', `"token":${quoted(random, presented(random, secret))}`)
  if (random.oneIn(30)) pairs.push(`"__proto__":{"active":true,"token":${quoted(random, secret)}}`)
  if (random.oneIn(10)) pairs.reverse()
  let text = `{${pairs.join(random.oneIn(10) ? ' ,\n' : ',')}}`
  const hurt = random.below(30)
  if (hurt === 0) text = `\ufeff${text}`
  else if (hurt === 1) text += random.pick(['}', '\0', ' ', ',{}', 'x', '\n\n'])
  else if (hurt === 2) text = `${'['.repeat(random.below(3_000))}${text}`
  else if (hurt === 3) text = random.pick(['', '[]', 'null', '"token"', '0', text.slice(0, random.below(text.length))])
  else if (hurt === 4) text = `{"a":`.repeat(random.below(2_000)) + text
  else if (hurt <= 6) text = wounded(random, text)
  const type = random.pick(JSON_TYPES) ?? ''
  return {
    type,
    token,
    bytes: broken(random, Buffer.from(text, hurt === 7 ? 'utf16le' : hurt === 8 ? 'latin1' : 'utf8')),
  }
}

/** A form for introspection or revocation, whole or hurt. */
export function formBody(random: Random, secret: string): Body {
  const token = presented(random, secret)
  const pairs = [['token', token] as const, ...someFields(random)].map(
    ([name, value]) => `${name}=${random.oneIn(10) ? value : encodeURIComponent(value.toWellFormed())}`,
  )
  if (random.oneIn(20)) pairs.push(`token=${presented(random, secret)}`)
  if (random.oneIn(20)) pairs.push('token_type_hint=access_token')
  if (random.oneIn(10)) pairs.reverse()
  let text = pairs.join(random.pick(['&', '&', '&', '&&', ';']))
  if (random.oneIn(12)) text = wounded(random, text)
  return { type: random.pick(FORM_TYPES) ?? '', token, bytes: broken(random, Buffer.from(text)) }
}

// Bytes that are no UTF-8, now and then.
function broken(random: Random, bytes: Buffer): Buffer {
  if (bytes.length > 0 && random.oneIn(25)) bytes[random.below(bytes.length)] = 128 + random.below(128)
  return bytes
}
