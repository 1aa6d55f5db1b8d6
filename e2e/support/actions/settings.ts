import type { ActionRow } from './row'

const PAGE = '/o/alder/settings?tab=policies'

const policies = (more: Partial<ActionRow> = {}): ActionRow => ({
  page: PAGE,
  input: ({ alder }) => ({
    organizationId: alder,
    revealPolicy: 'once',
    deletePolicy: 'revoked-only',
    longestLifetimeDays: 30,
    neverExpiringAllowed: false,
  }),
  optional: ['revealPolicy', 'deletePolicy', 'longestLifetimeDays', 'neverExpiringAllowed'],
  mayBe: { longestLifetimeDays: [null, 5] },
  ...more,
})

/** What admins set for their organization. */
export const SETTINGS_ACTIONS: Readonly<Record<string, ActionRow>> = {
  editOwnOrganization: {
    page: '/o/alder/settings',
    input: ({ alder }) => ({ organizationId: alder, name: 'Alder', contact: 'owner@demo.example' }),
    optional: ['name', 'contact'],
    mayBe: { contact: [''] },
  },
  previewCeilings: policies(),
  previewPolicies: policies(),
  setCeilings: policies(),
  setPolicies: policies(),
}
