import { parseSecret, secretString } from '#lib/tokens/secret'
import { findWords } from './find-words'
import type { Place } from './material'
import { bytesSpelled, spellings } from './spellings'

/** Something that may stand in few places alone. */
export type Wanted = {
  readonly kind: 'secret' | 'key' | 'password' | 'link' | 'of the provider'
  readonly text: string
  /** Of a secret or a key: whose. */
  readonly tokenId?: string
}

/** Every well-formed secret with a right checksum, wherever it stands. */
export function secretsIn(text: string): Wanted[] {
  return [...text.matchAll(/tok_(?:pat|org|svc)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}/g)].flatMap(([secret]) => {
    const parsed = parseSecret(secretString(secret), ['tok'])
    return parsed === null ? [] : [{ kind: 'secret', text: secret, tokenId: parsed.id }]
  })
}

/** What was secret in the run: what was handed out, what people typed, what was printed to be used once. */
export function wantedIn(places: readonly Place[]): Wanted[] {
  const all = places.flatMap((place) => [...secretsIn(place.text), ...othersIn(place)])
  return [...new Map(all.map((each) => [`${each.kind} ${each.tokenId} ${each.text}`, each])).values()]
}

function othersIn({ part, where, text, asked }: Place): Wanted[] {
  if (part === 'key used by a verb') return [{ kind: 'key', text, tokenId: where }]
  if (part === 'given by the provider') return [{ kind: 'of the provider', text }]
  if (part === 'log line')
    return [...text.matchAll(/\/setup#([\w-]{22})$/g)].map(([, link = '']) => ({ kind: 'link', text: link }))
  if (part === 'answer body' && handsLinkOver(asked?.action)) return linksIn(text)
  if (part !== 'request body') return []
  const { tokenId, key } = revealIn(text)
  const keys: Wanted[] = asked && isReveal(asked.action) && key ? [{ kind: 'key', text: key, tokenId }] : []
  return [
    ...keys,
    ...linksIn(text),
    ...passwordsIn(text).map((password): Wanted => ({ kind: 'password', text: password })),
  ]
}

/** The actions that hand the link of an invitation over, where there is no mail server. */
export const handsLinkOver = (action: string | undefined) =>
  action === 'inviteMember' || action === 'approveInvitation' || action === 'resendInvitation'

const linksIn = (text: string) =>
  [...text.matchAll(/"link":"([\w-]{22})"/g)].map(([, link = '']): Wanted => ({ kind: 'link', text: link }))

/** The actions that hand a secret over. */
export const isReveal = (action: string | undefined) => action === 'revealToken' || action === 'copyToken'

/** The routes of the HTTP API that tell a secret: where a token is made, rotated or revealed, beside its id. */
export const opensOverHttp = (path = '') => /^\/api\/v1\/tokens(?:\/[0-9A-Za-z]{16}\/(?:reveal|rotate))?$/.test(path)

/** The input of a reveal. */
export function revealIn(body: string): { tokenId: string; key: string } {
  const of = (name: string) => new RegExp(`"${name}":"([\\w-]+)"`).exec(body)?.[1] ?? ''
  return { tokenId: of('tokenId'), key: of('key') }
}

// What is sent in the place of a password to see it refused, a run of one letter for instance, opens nothing.
const canBePassword = (text: unknown): text is string =>
  typeof text === 'string' && /^[\x20-\x7e]{12,64}$/.test(text) && new Set(text).size > 4

function passwordsIn(body: string): string[] {
  const json = [...body.matchAll(/"(?:password|current)":("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) =>
    JSON.parse(text),
  )
  const form = /^[^{["]/.test(body) ? new URLSearchParams(body).getAll('password') : []
  const parts = [...body.matchAll(/name="(?:\w+_)?password"\r\n\r\n(.*?)\r\n/g)].map(([, text = '']) => text)
  return [...json, ...form, ...parts].filter(canBePassword)
}

/** Every form in which a word gives itself away. */
function tracesOf({ kind, text }: Wanted): string[] {
  if (kind === 'password' || kind === 'of the provider') return spellings(text)
  if (kind !== 'secret') return [...spellings(text), ...bytesSpelled(Buffer.from(text, 'base64url'))]
  // Either half of the 43 characters is too much, and the whole has both.
  const part = text.slice(-49, -6)
  return [...spellings(part.slice(0, 22)), ...spellings(part.slice(-22))]
}

/** Makes a search that gives which of the wanted stand in a text, however they are written. */
export function searchFor(wanted: readonly Wanted[]): (text: string) => Set<Wanted> {
  const byTrace = new Map<string, Wanted[]>()
  for (const each of wanted)
    for (const trace of tracesOf(each)) byTrace.set(trace, [...(byTrace.get(trace) ?? []), each])
  const find = findWords(byTrace.keys())
  return (text) => new Set([...find(text)].flatMap((trace) => byTrace.get(trace) ?? []))
}
