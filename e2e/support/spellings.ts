/** How a word can stand in a text: as it is, escaped for JSON, HTML or a URL, or its bytes in hexadecimal or base64. */
export function spellings(word: string): string[] {
  const bytes = Buffer.from(word)
  const percent = bytes.toString('hex').replaceAll(/../g, '%$&')
  const units = [...word].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
  return unique([
    word,
    inJson(word),
    inJson(inJson(word)),
    word.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;').replaceAll('<', '&lt;'),
    encodeURIComponent(word.toWellFormed()),
    new URLSearchParams({ '': word }).toString().slice(1),
    percent,
    percent.toUpperCase(),
    units.join(''),
    ...bytesSpelled(bytes),
  ])
}

/** How bytes can stand in a text: in hexadecimal, or in base64 wherever in a longer run of bytes they begin. */
export function bytesSpelled(bytes: Buffer): string[] {
  const hex = bytes.toString('hex')
  const base64 = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // Only the digits that no neighbouring byte has a part in.
    return all.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3))
  })
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return unique([hex, hex.toUpperCase(), ...base64, ...base64url])
}

const unique = (texts: readonly string[]) => [...new Set(texts)]
