import type { TokenView } from '#lib/tokens/view'

const PREFIX = 'tokenry.reveal.'

const OVER = 'over:'

/** What tells which reveal of a token is due. */
type Revealed = Pick<TokenView, 'id' | 'tail' | 'rotation' | 'retiring'>

export type RevealNote = {
  /** 16 random bytes as 22 characters of base64url: the same key gets the same secret again, until Done. */
  readonly key: string
  /** The tail of the secret that this reveal takes the place of; empty for the first one. */
  readonly over: string
  /** The reveal belongs to the making of the token. */
  readonly created: boolean
  /** The secret was copied or downloaded. */
  readonly saved: boolean
  /** The token's page, for coming back to it from one that does not show the token. */
  readonly page: string | null
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/**
 * The note this tab keeps on a reveal that is not done, so that a reload recovers; null where there is none. One that
 * another rotation has overtaken is forgotten: its key would get the old secret, never the new one.
 */
export function readRevealNote(token: Revealed): RevealNote | null {
  const note = noteOf(token.id)
  if (note === null || !isOvertaken(note, token)) return note
  forgetReveal(token.id)
  return null
}

function isOvertaken({ over }: RevealNote, { tail, rotation, retiring }: Revealed): boolean {
  const replaced = rotation === null ? retiring?.tail : tail
  return typeof replaced === 'string' && over !== replaced
}

function noteOf(tokenId: string): RevealNote | null {
  const [key = '', ...words] = stored(tokenId)?.split(' ') ?? []
  if (!/^[A-Za-z0-9_-]{22}$/.test(key)) return null
  const page = words.find((word) => word.startsWith('/')) ?? null
  const over = words.find((word) => word.startsWith(OVER))?.slice(OVER.length) ?? ''
  return { key, over, created: words.includes('created'), saved: words.includes('saved'), page }
}

/**
 * The page of a token that was revealed in this tab and neither kept nor closed, to go back to once; null where there
 * is none, or it was given already.
 */
export function takeOpenRevealPage(): string | null {
  for (const tokenId of notedTokens()) {
    const note = noteOf(tokenId)
    if (note === null || note.saved || note.page === null) continue
    write(tokenId, { ...note, page: null })
    return note.page
  }
  return null
}

function notedTokens(): string[] {
  try {
    const names = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? '')
    return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length))
  } catch {
    return []
  }
}

const pageOf = (tokenId: string) => {
  const [place, organization] = /^(\/o\/[^/]+)\/(?:tokens|members)|^\/account/.exec(location.pathname) ?? []
  if (place === undefined) return null
  return `${organization ?? place}/tokens/${tokenId}`
}

/** The key of a token's reveal: the one under way in this tab, else a fresh one, which is noted before it is used. */
export function revealKey(token: Revealed, created: boolean): string {
  const { id, tail } = token
  const note = readRevealNote(token) ?? { key: newKey(), over: tail ?? '', created, saved: false, page: pageOf(id) }
  write(id, note)
  return note.key
}

/** Notes that the secret was copied or downloaded. */
export function noteSaved(tokenId: string): void {
  const note = noteOf(tokenId)
  if (note !== null) write(tokenId, { ...note, saved: true })
}

/** Ends what this tab knows of a reveal. */
export function forgetReveal(tokenId: string): void {
  try {
    sessionStorage.removeItem(PREFIX + tokenId)
  } catch {
    // Storage is blocked, so nothing was kept.
  }
}

function stored(tokenId: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + tokenId)
  } catch {
    return null
  }
}

function write(tokenId: string, { key, over, created, saved, page }: RevealNote): void {
  try {
    const words = [
      key,
      OVER + over,
      ...(created ? ['created'] : []),
      ...(saved ? ['saved'] : []),
      ...(page ? [page] : []),
    ]
    sessionStorage.setItem(PREFIX + tokenId, words.join(' '))
  } catch {
    // Storage is blocked: the reveal works, only a reload does not recover it.
  }
}
