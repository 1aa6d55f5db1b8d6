import { z } from 'zod'
import { DeviceJson, DevicePath, deviceJson } from '#lib/api/device'
import { requireDeviceId } from '#lib/api/id'
import { NOTHING, operation } from '#lib/api/operation'
import { IN_ORGANIZATION, OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { PAGE_QUERY, pageSchema, SearchText } from '#lib/api/page'
import { rowPage, rowSearch } from '#lib/api/row-page'
import { viewDevice } from '#lib/devices/get'
import { listDevices } from '#lib/devices/list'
import { registerDevice } from '#lib/devices/register'
import { removeDevice } from '#lib/devices/remove'
import { renameDevice } from '#lib/devices/rename'
import { DeviceId } from '#lib/devices/schema'
import { displayName } from '#lib/names'

const ALL = { path: '/api/v1/devices', params: NOTHING } as const
const ONE = { path: '/api/v1/devices/{deviceId}', params: DevicePath, query: IN_ORGANIZATION } as const
const name = displayName.describe('1 to 100 characters.')

export const listDevicesOperation = operation({
  ...ALL,
  name: 'listDevices',
  method: 'GET',
  scope: 'tokens:read',
  summary: "Lists an organization's devices by name.",
  query: IN_ORGANIZATION.extend({ search: SearchText.describe('Looked for in names and ids.'), ...PAGE_QUERY }),
  body: null,
  answers: { 200: pageSchema(DeviceJson) },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, search, limit, cursor }) {
    const at = await resolveOrganization(ctx, organization)
    const page = await listDevices(ctx, at, rowSearch(search, cursor), limit)
    return { status: 200, body: rowPage(page, cursor, deviceJson(at.id)) }
  },
})

export const registerDeviceOperation = operation({
  ...ALL,
  name: 'registerDevice',
  method: 'POST',
  scope: 'tokens:write',
  summary: 'Registers a device, so that rights can be narrowed to it.',
  query: NOTHING,
  body: z.strictObject({ organization: OrganizationReference, deviceId: DeviceId, name }).meta({ id: 'NewDevice' }),
  answers: { 201: DeviceJson },
  problems: ['not_found', 'forbidden', 'organization_required', 'organization_suspended', 'name_taken'],
  idempotent: 'possible',
  async run(ctx, { body: { organization, ...device } }) {
    const at = await resolveOrganization(ctx, organization)
    await registerDevice(ctx, { organizationId: at.id, ...device })
    return { status: 201, body: deviceJson(at.id)(await viewDevice(ctx, at, device.deviceId)) }
  },
})

export const getDeviceOperation = operation({
  ...ONE,
  name: 'getDevice',
  method: 'GET',
  scope: 'tokens:read',
  summary: 'Tells of one device.',
  body: null,
  answers: { 200: DeviceJson },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, deviceId }) {
    const at = await resolveOrganization(ctx, organization)
    return { status: 200, body: deviceJson(at.id)(await viewDevice(ctx, at, requireDeviceId(deviceId))) }
  },
})

export const renameDeviceOperation = operation({
  ...ONE,
  name: 'renameDevice',
  method: 'PATCH',
  scope: 'tokens:write',
  summary: 'Gives a device another name; its id, and what is narrowed to it, stay.',
  body: z.strictObject({ name }).meta({ id: 'DeviceChange' }),
  answers: { 200: DeviceJson },
  problems: ['not_found', 'forbidden', 'organization_required'],
  idempotent: 'possible',
  async run(ctx, { organization, deviceId: id, body }) {
    const at = await resolveOrganization(ctx, organization)
    const deviceId = requireDeviceId(id)
    await renameDevice(ctx, { organizationId: at.id, deviceId, name: body.name })
    return { status: 200, body: deviceJson(at.id)(await viewDevice(ctx, at, deviceId)) }
  },
})

export const removeDeviceOperation = operation({
  ...ONE,
  name: 'removeDevice',
  method: 'DELETE',
  scope: 'tokens:write',
  summary: 'Removes a device, and takes it out of whatever is narrowed to it.',
  body: null,
  answers: { 204: null },
  problems: ['not_found', 'forbidden', 'organization_required'],
  idempotent: 'possible',
  async run(ctx, { organization, deviceId }) {
    const at = await resolveOrganization(ctx, organization)
    await removeDevice(ctx, { organizationId: at.id, deviceId: requireDeviceId(deviceId) })
    return { status: 204, body: null }
  },
})
