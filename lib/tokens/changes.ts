import { deviceWords } from '#lib/devices/choice'

/** What of a token can be edited besides its status. */
type Fields = {
  readonly name?: string | undefined
  readonly expiresAt?: Date | null | undefined
  readonly scopes?: readonly string[] | null | undefined
  readonly devices?: readonly string[] | null | undefined
  readonly ipRanges?: readonly string[] | undefined
}

export type Change = { readonly field: string; readonly from: string; readonly to: string }

/** What an edit really changes, in words for the trail; fields that stay as they are do not count. */
export function describeChanges(before: Fields, after: Fields): Change[] {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['Name', before.name ?? '', after.name],
    ['Expiration', instant(before.expiresAt), after.expiresAt === undefined ? undefined : instant(after.expiresAt)],
    ['Scopes', scopes(before.scopes), after.scopes === undefined ? undefined : scopes(after.scopes)],
    [
      'Devices',
      deviceWords(before.devices ?? null),
      after.devices === undefined ? undefined : deviceWords(after.devices),
    ],
    ['Allowed IPs', list(before.ipRanges, 'any address'), after.ipRanges && list(after.ipRanges, 'any address')],
  ]
  return rows.flatMap(([field, from, to]) => (to === undefined || to === from ? [] : [{ field, from, to }]))
}

const instant = (at: Date | null | undefined) => at?.toISOString() ?? 'never'
// Of a personal token null is everything that its owner has: the opposite of none.
const scopes = (values: readonly string[] | null | undefined) =>
  values === null ? "all of the owner's" : list(values, 'none')
const list = (values: readonly string[] | undefined, none: string) =>
  values === undefined || values.length === 0 ? none : values.join(' ')
