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

const TIER = '11111111-1111-4111-8111-111111111111'

// Of the platform alone: to an admin of Alder there is none of it.
const tier = (more: Readonly<Record<string, unknown>> = {}): ActionRow => ({
  page: PAGE,
  input: () => ({ ...more, name: 'Extra', rank: 3, tokenLimit: 50, atLimit: 'refuse', metrics: 'basic' }),
  mayBe: { rank: [5], tokenLimit: [5] },
})
const scope: ActionRow = {
  page: PAGE,
  input: () => ({ name: 'measurements:write', description: 'Write measurements', tierId: TIER }),
  mayBe: { tierId: [null] },
}
const scopeName: ActionRow = { page: PAGE, input: () => ({ name: 'measurements:write' }) }

/** What admins set for their organization, and those of the platform for all. */
export const SETTINGS_ACTIONS: Readonly<Record<string, ActionRow>> = {
  createTier: tier(),
  defineScope: scope,
  deleteTier: { page: PAGE, input: () => ({ tierId: TIER }) },
  editScope: scope,
  editTier: tier({ tierId: TIER }),
  editOwnOrganization: {
    page: '/o/alder/settings',
    input: ({ alder }) => ({ organizationId: alder, name: 'Alder', contact: 'owner@demo.example' }),
    optional: ['name', 'contact'],
    mayBe: { contact: [''] },
  },
  previewCeilings: policies(),
  previewPolicies: policies(),
  previewScope: scope,
  previewScopeRemoval: scopeName,
  previewTier: tier({ tierId: TIER }),
  removeScope: scopeName,
  setCeilings: policies(),
  setPolicies: policies(),
}
