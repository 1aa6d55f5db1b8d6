import type { ActionRow } from './row'

const MEMBERS_PAGE = '/o/alder/members'
const API_USERS_PAGE = '/o/alder/members?tab=api-users'
const DEVICES_PAGE = '/o/alder/devices'

const onApiUser: ActionRow = {
  page: API_USERS_PAGE,
  input: ({ alder, apiUser }) => ({ organizationId: alder, apiUserId: apiUser }),
}
const named: ActionRow = {
  page: DEVICES_PAGE,
  input: ({ alder, device }) => ({ organizationId: alder, deviceId: device, name: 'Another name' }),
}

/** What admins do with members, API users and devices. */
export const PEOPLE_ACTIONS: Readonly<Record<string, ActionRow>> = {
  changeMember: {
    page: MEMBERS_PAGE,
    input: ({ alder, member }) => ({ organizationId: alder, userId: member, role: 'viewer', devices: [] }),
    optional: ['role', 'devices'],
    mayBe: { devices: [null] },
  },
  removeMember: { page: MEMBERS_PAGE, input: ({ alder, member }) => ({ organizationId: alder, userId: member }) },
  createApiUser: {
    page: API_USERS_PAGE,
    input: ({ alder }) => ({ organizationId: alder, name: 'Never made', role: 'viewer', scopes: [], devices: [] }),
    mayBe: { devices: [null], scopes: [['x']] },
  },
  editApiUser: {
    page: API_USERS_PAGE,
    input: ({ alder, apiUser }) => ({
      organizationId: alder,
      apiUserId: apiUser,
      name: 'Another name',
      role: 'viewer',
      scopes: [],
      devices: [],
    }),
    optional: ['name', 'role', 'scopes', 'devices'],
    mayBe: { devices: [null], scopes: [['x']] },
  },
  disableApiUser: onApiUser,
  enableApiUser: onApiUser,
  registerDevice: named,
  renameDevice: named,
  removeDevice: {
    page: DEVICES_PAGE,
    input: ({ alder, device }) => ({ organizationId: alder, deviceId: device }),
  },
}
