const PREFIX = 'tokenry.reveal.'

export type RevealNote = {
  /** 16 random bytes as 22 characters of base64url: the same key gets the same secret again, until Done. */
  readonly key: string
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

/** The note this tab keeps on a reveal that is not done, so that a reload recovers; null where there is none. */
export function readRevealNote(tokenId: string): RevealNote | null {
  const [key = '', ...words] = stored(tokenId)?.split(' ') ?? []
  if (!/^[A-Za-z0-9_-]{22}$/.test(key)) return null
  const page = words.find((word) => word.startsWith('/')) ?? null
  return { key, created: words.includes('created'), saved: words.includes('saved'), page }
}

/**
 * The page of a token that was revealed in this tab and neither kept nor closed, to go back to once; null where there
 * is none, or it was given already.
 */
export function takeOpenRevealPage(): string | null {
  for (const tokenId of notedTokens()) {
    const note = readRevealNote(tokenId)
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
  const [list] = /^\/o\/[^/]+\/tokens|^\/account/.exec(location.pathname) ?? []
  if (list === undefined) return null
  return list === '/account' ? `/account/tokens/${tokenId}` : `${list}/${tokenId}`
}

/** The key of a token's reveal: the one under way in this tab, else a fresh one, which is noted before it is used. */
export function revealKey(tokenId: string, created: boolean): string {
  const note = readRevealNote(tokenId) ?? { key: newKey(), created, saved: false, page: pageOf(tokenId) }
  write(tokenId, note)
  return note.key
}

/** Notes that the secret was copied or downloaded. */
export function noteSaved(tokenId: string): void {
  const note = readRevealNote(tokenId)
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

function write(tokenId: string, { key, created, saved, page }: RevealNote): void {
  try {
    const words = [key, ...(created ? ['created'] : []), ...(saved ? ['saved'] : []), ...(page ? [page] : [])]
    sessionStorage.setItem(PREFIX + tokenId, words.join(' '))
  } catch {
    // Storage is blocked: the reveal works, only a reload does not recover it.
  }
}
