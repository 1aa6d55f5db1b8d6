import { BlockList, isIP, isIPv4 } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { readAddress } from '#lib/address'
import { inRange, parseRange } from '#lib/network'
import type { Problem } from '#lib/problem'
import { parseSecret, type SecretString, secretString } from '#lib/tokens/secret'
import { decide } from '#lib/verification/decide'
import { readIntrospectInput, readRevokeInput } from '#lib/verification/form'
import { readVerifyInput } from '#lib/verification/input'
import { readQuestion } from '#lib/verification/question'
import { type Body, formBody, jsonBody } from '#lib/verification/testing/fuzz-body'
import { judgedFrom } from '#lib/verification/testing/fuzz-facts'
import { modelled } from '#lib/verification/testing/fuzz-model'
import { type Random, randomFrom } from '#lib/verification/testing/fuzz-random'
import { addressText, freshSecret, presented, someFields } from '#lib/verification/testing/fuzz-text'

const PREFIXES = ['tok', 'old']
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET = freshSecret(randomFrom(1, 1))

/** One thing that went otherwise than it must, and what it went wrong with. */
export class Finding extends Error {
  override readonly name = 'Finding'
}

const must = (holds: boolean, what: string, input: unknown) => {
  if (!holds) throw new Finding(`${what}: ${typeof input === 'string' ? JSON.stringify(input) : String(input)}`)
}

/** CRC-32 bit by bit, as its polynomial says. */
function crcOf(text: string): number {
  let crc = 0xffffffff
  for (const byte of Buffer.from(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function isSecret(text: string): boolean {
  const parts = text.split('_')
  const [prefix = '', kind = '', id = '', rest = ''] = parts
  if (parts.length !== 4 || !PREFIXES.includes(prefix) || !['pat', 'org', 'svc'].includes(kind)) return false
  if (id.length !== 16 || rest.length !== 49 || !Array.from(id + rest).every((each) => ALPHABET.includes(each)))
    return false
  const checksum = Array.from(rest.slice(43)).reduce((sum, digit) => sum * 62 + ALPHABET.indexOf(digit), 0)
  return checksum === crcOf(text.slice(0, -6))
}

function fuzzSecret(random: Random): string {
  const text = presented(random, random.oneIn(2) ? SECRET : freshSecret(random))
  const read = parseSecret(secretString(text), PREFIXES)
  must((read !== null) === isSecret(text), 'a secret is read that is none, or the other way round', text)
  return read === null ? 'secret: malformed' : 'secret: read'
}

type Reader = (
  type: string,
  bytes: Buffer,
) => { readonly input: { readonly token: SecretString } } | { readonly problem: Problem }

/** What reading a body comes to; `reread` is the token that it holds by other means, undefined where it can't be told. */
function fuzzBody(body: Body, read: Reader, statuses: number[], reread: (text: string) => unknown) {
  const outcome = read(body.type, body.bytes)
  if ('problem' in outcome) {
    must(statuses.includes(outcome.problem.status), 'a status that there is not', outcome.problem.status)
    const quotes = body.token.length > 20 && JSON.stringify(outcome.problem).includes(body.token)
    must(!quotes, 'a refusal quotes a secret', body.bytes)
    return outcome.problem.status
  }
  const token = outcome.input.token.reveal()
  must(token === reread(body.bytes.toString()), 'another token is read than was sent', body.bytes)
  return 'read'
}

const ofJson = (text: string): unknown => JSON.parse(text).token
const ofForm = (text: string): unknown => new URLSearchParams(text).get('token')

function fuzzAddress(random: Random): string {
  const text = addressText(random)
  const [plain = ''] = text.split('%')
  const address = readAddress(text)
  must((address !== null) === (isIP(plain) !== 0), 'an address is read that is none, or the other way round', text)
  const range = parseRange(addressText(random))
  if (address === null || range === null) return 'address: none'
  if (random.below(4) > 0) return 'address: read'
  const list = new BlockList()
  const family = (bytes: Uint8Array) => (bytes.length === 4 ? 'ipv4' : 'ipv6')
  const textOf = (bytes: Uint8Array) =>
    bytes.length === 4 ? bytes.join('.') : (Buffer.from(bytes).toString('hex').match(/..../g) ?? []).join(':')
  list.addSubnet(textOf(range.address), range.bits, family(range.address))
  const isIn = list.check(textOf(address.bytes), isIPv4(address.text) ? 'ipv4' : 'ipv6')
  const sameFamily = address.bytes.length === range.address.length
  must(
    inRange(address.bytes, range) === (sameFamily && isIn),
    'a range holds what it must not',
    `${text} ${range.bits}`,
  )
  return 'address: ranged'
}

function fuzzQuestion(random: Random): string {
  const query = someFields(random).map(
    ([name, value]) => `${name}=${random.oneIn(3) ? value : encodeURIComponent(value.toWellFormed())}`,
  )
  const outcome = readQuestion(`/api/v1/me?${query.join('&')}`)
  if ('problem' in outcome) must(outcome.problem.status === 422, 'a status that there is not', query.join('&'))
  return 'problem' in outcome ? 'question: 422' : outcome.question === null ? 'question: none' : 'question: read'
}

function fuzzDecide(random: Random): string {
  const judged = judgedFrom(random)
  const { facts, retiresAt, request, now } = judged
  const verdict = decide(facts, retiresAt, request, now)
  const expected = modelled(judged)
  const told = verdict.active
    ? {
        scopes: verdict.scopes.toSorted(),
        resources: verdict.resources?.toSorted() ?? null,
        place: verdict.place.id,
      }
    : verdict.reason
  const wanted =
    typeof expected === 'string'
      ? expected
      : { ...expected, scopes: expected.scopes.toSorted(), resources: expected.resources?.toSorted() ?? null }
  if (told !== wanted && !isDeepStrictEqual(told, wanted))
    throw new Finding(`decided ${JSON.stringify(told)}, not ${JSON.stringify(wanted)}: ${JSON.stringify(judged)}`)
  return typeof told === 'string' ? `decide: ${told}` : 'decide: active'
}

/** Runs one case, known by two numbers; tells what became of it. @throws Finding, or whatever is thrown that must not be */
export function fuzzOnce(seed: number, index: number): string {
  const random = randomFrom(seed, index)
  const drawn = random.below(10)
  if (drawn < 2) return fuzzSecret(random)
  if (drawn === 2) return `verify: ${fuzzBody(jsonBody(random, SECRET), readVerifyInput, [400, 422], ofJson)}`
  if (drawn === 3) return `introspect: ${fuzzBody(formBody(random, SECRET), readIntrospectInput, [400], ofForm)}`
  if (drawn === 4) return `revoke: ${fuzzBody(formBody(random, SECRET), readRevokeInput, [400], ofForm)}`
  if (drawn === 5) return fuzzAddress(random)
  if (drawn === 6) return fuzzQuestion(random)
  return fuzzDecide(random)
}
