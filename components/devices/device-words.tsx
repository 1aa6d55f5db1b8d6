/** What something is narrowed to, for a cell: "All", "None", "3 devices". */
export const deviceCount = (devices: readonly string[] | null) =>
  devices === null
    ? 'All'
    : devices.length === 0
      ? 'None'
      : devices.length === 1
        ? '1 device'
        : `${devices.length} devices`

type Counts = { readonly tokens: number; readonly members: number; readonly apiUsers: number }

/** "2 tokens, 1 member and 1 API user"; empty where there are none. */
export function narrowedWords({ tokens, members, apiUsers }: Counts): string {
  const parts = [
    many(tokens, 'token', 'tokens'),
    many(members, 'member', 'members'),
    many(apiUsers, 'API user', 'API users'),
  ].filter((part) => part !== '')
  return new Intl.ListFormat('en-GB').format(parts)
}

/** The verb that goes with them. */
export const isOrAre = ({ tokens, members, apiUsers }: Counts) => (tokens + members + apiUsers === 1 ? 'is' : 'are')

const many = (count: number, one: string, more: string) => (count === 0 ? '' : `${count} ${count === 1 ? one : more}`)
