import { sameDevices } from '#components/devices/narrower'
import { type ExpirationValue, toExpiration } from '#components/tokens/expiration'
import type { EditTokenInput } from '#lib/tokens/schema'
import type { TokenView } from '#lib/tokens/view'

export type EditDraft = {
  readonly name: string
  readonly expiration: ExpirationValue
  readonly status: 'active' | 'revoked'
  readonly scopes: readonly string[]
  readonly devices: readonly string[] | null
  readonly ipRanges: string
}

/** What the form says of a token before anything is changed. */
export const draftOf = (token: TokenView): EditDraft => ({
  name: token.name,
  expiration: { choice: 'keep', day: '' },
  status: token.status === 'revoked' ? 'revoked' : 'active',
  scopes: token.scopes ?? [],
  devices: token.devices,
  ipRanges: token.ipRanges.join('\n'),
})

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.every((each) => b.includes(each)) && b.every((each) => a.includes(each))

/** What differs between the token and the draft, and nothing else: two who edit do not undo each other's work. */
export function changesOf(token: TokenView, draft: EditDraft): EditTokenInput {
  const before = draftOf(token)
  const expiration = toExpiration(draft.expiration)
  const ipRanges = linesOf(draft.ipRanges)
  return {
    tokenId: token.id,
    ...(draft.name === before.name ? {} : { name: draft.name }),
    ...(expiration ? { expiration } : {}),
    ...(draft.status === before.status ? {} : { status: draft.status }),
    ...(sameSet(draft.scopes, before.scopes) ? {} : { scopes: [...draft.scopes] }),
    ...(sameDevices(draft.devices, token.devices)
      ? {}
      : { devices: draft.devices === null ? null : [...draft.devices] }),
    ...(sameSet(ipRanges, token.ipRanges) ? {} : { ipRanges }),
  }
}
