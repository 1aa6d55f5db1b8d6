/** What of a token can be edited besides its status. */
type Fields = {
  readonly name?: string | undefined
  readonly expiresAt?: Date | null | undefined
  readonly scopes?: readonly string[] | null | undefined
  readonly ipRanges?: readonly string[] | undefined
}

export type Change = { readonly field: string; readonly from: string; readonly to: string }

/** What an edit really changes, in words for the trail; fields that stay as they are do not count. */
export function describeChanges(before: Fields, after: Fields): Change[] {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['Name', before.name ?? '', after.name],
    ['Expiration', instant(before.expiresAt), after.expiresAt === undefined ? undefined : instant(after.expiresAt)],
    ['Scopes', list(before.scopes, 'none'), after.scopes === undefined ? undefined : list(after.scopes, 'none')],
    ['Allowed IPs', list(before.ipRanges, 'any address'), after.ipRanges && list(after.ipRanges, 'any address')],
  ]
  return rows.flatMap(([field, from, to]) => (to === undefined || to === from ? [] : [{ field, from, to }]))
}

const instant = (at: Date | null | undefined) => at?.toISOString() ?? 'never'
const list = (values: readonly string[] | null | undefined, none: string) =>
  values === null || values === undefined || values.length === 0 ? none : values.join(' ')
