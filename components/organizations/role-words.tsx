/** A role as people read it. */
export const ROLE_WORDS = { admin: 'Admin', member: 'Member', viewer: 'Viewer' } as const
