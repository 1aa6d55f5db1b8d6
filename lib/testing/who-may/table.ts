/** "Who may do what", as people read it: an admin above may it "never" even where they are a member too. */
const TABLE = {
  'see organization tokens': { viewer: true, member: true, admin: true, above: true },
  'reveal, copy organization tokens': { viewer: false, member: true, admin: true, above: 'never' },
  'manage organization tokens': { viewer: false, member: false, admin: true, above: true },
  'list customers, members, API users, devices': { viewer: false, member: false, admin: true, above: true },
  'manage API users, devices': { viewer: false, member: false, admin: true, above: true },
  'invite members': { viewer: false, member: false, admin: true, above: true },
  'change members': { viewer: false, member: false, admin: true, above: false },
  'approve invitations': { viewer: false, member: false, admin: true, above: 'never' },
  'remove members': { viewer: false, member: false, admin: true, above: true },
  'open customers below': { viewer: false, member: false, admin: true, above: true },
  'edit, suspend, close it from above': { viewer: false, member: false, admin: false, above: true },
  'edit its name and contact, tighten policies': { viewer: false, member: false, admin: true, above: true },
  "what is the platform's alone: tiers, scopes, ceilings": { viewer: false, member: false, admin: true, above: false },
} as const satisfies Record<string, Record<'viewer' | 'member' | 'admin', boolean> & { above: boolean | 'never' }>

export type What = keyof typeof TABLE

/** How somebody stands to an organization: by the roles that they have in it and as admin of one above; or not at all. */
export type Standing = {
  readonly role: 'viewer' | 'member' | 'admin' | null
  readonly adminAbove: boolean
}

export type State = 'open' | 'suspended' | 'closed'

export type Outcome = 'ok' | 'forbidden' | 'not_found' | 'organization_suspended'

/**
 * What must come of it when somebody tries that at an organization. `downwards`: it only takes away, which is allowed
 * where an organization is suspended.
 */
export function expected(
  what: What,
  { role, adminAbove }: Standing,
  { state, downwards }: { readonly state: State; readonly downwards: boolean },
): Outcome {
  const row = TABLE[what]
  // A closed organization does not exist for its members; those above read and change nothing.
  if (state === 'closed') return adminAbove ? (what === 'see organization tokens' ? 'ok' : 'forbidden') : 'not_found'
  if (role === null && !adminAbove) return 'not_found'
  const asAbove = adminAbove && row.above === true
  const asMember = role !== null && row[role] && !(adminAbove && row.above === 'never')
  if (!asAbove && !asMember) return 'forbidden'
  return state === 'suspended' && !downwards ? 'organization_suspended' : 'ok'
}
