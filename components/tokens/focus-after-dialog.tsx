/** Where a dialog was opened from, and what has become of it. */
export type Departure = {
  readonly from: HTMLElement | null
  readonly tokenId: string | null
  /** The ids of the tokens on the page, as they stood. */
  readonly order: readonly string[]
  /** The token was deleted. */
  gone: boolean
}

/** The id of a token's menu button. */
export const menuButtonId = (tokenId: string) => `token-actions-${tokenId}`

export const NEW_TOKEN_ID = 'new-token'
export const HEADING_ID = 'tokens-heading'

/**
 * Puts the focus back to where the dialog was opened from; else to the token's menu, after a delete to that of the next
 * row or the one before; else to New token, else to the heading.
 */
export function focusAfterDialog({ from, tokenId, order, gone }: Departure): void {
  // Whoever was quick enough to go elsewhere stays there.
  if (document.activeElement !== document.body) return
  const at = tokenId === null ? -1 : order.indexOf(tokenId)
  const neighbours = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0)).toReversed()]
  const ids = gone ? neighbours.map(menuButtonId) : tokenId === null ? [] : [menuButtonId(tokenId)]
  const places = [gone ? null : from, ...[...ids, NEW_TOKEN_ID, HEADING_ID].map((id) => document.getElementById(id))]
  places.find((place) => place?.isConnected)?.focus()
}
