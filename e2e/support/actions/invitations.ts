import { type ActionRow, REVEAL_KEY } from './row'

const MEMBERS = '/o/alder/members'
const PASSWORD = 'a password to be'

// Of no invitation: one that is there is not needed to be refused.
const onInvitation: ActionRow = {
  page: MEMBERS,
  input: () => ({ invitationId: '00000000-0000-4000-8000-000000000000' }),
}

/** What people do with invitations and with links from mails. */
export const INVITATION_ACTIONS: Readonly<Record<string, ActionRow>> = {
  acceptInvitation: {
    page: '/invite',
    input: () => ({ link: REVEAL_KEY, name: 'N', password: PASSWORD }),
    open: true,
  },
  acceptByProvider: { page: '/invite', input: () => ({ link: REVEAL_KEY }), open: true },
  approveInvitation: onInvitation,
  inviteMember: {
    page: MEMBERS,
    input: ({ alder }) => ({ organizationId: alder, email: 'n@example.com', role: 'viewer', devices: ['meter-1'] }),
    optional: ['devices'],
    mayBe: { devices: [['x'], [], null] },
  },
  joinByInvitation: { page: '/invite', input: () => ({ link: REVEAL_KEY, as: 'n@example.com' }) },
  openInvitation: { page: '/invite', input: () => ({ link: REVEAL_KEY }), open: true },
  requestPasswordReset: { page: '/reset-password', input: () => ({ email: 'n@example.com' }), open: true },
  resendInvitation: onInvitation,
  resetPassword: { page: '/reset-password', input: () => ({ link: REVEAL_KEY, password: PASSWORD }), open: true },
  withdrawInvitation: onInvitation,
}
