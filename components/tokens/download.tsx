/** `<token-name>-token.txt` in lower case; other characters than letters, digits, `.`, `_` and `-` become `-`. */
export function downloadName(tokenName: string): string {
  const safe = tokenName.toLowerCase().replace(/[^\p{L}\p{M}\p{N}._-]/gu, '-')
  // A leading dot would hide the file.
  return `${safe.replace(/^\./, '-')}-token.txt`
}

/** Has the browser save a text as a file. */
export function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download reads the address a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
