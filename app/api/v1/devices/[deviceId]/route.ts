import { mount } from '#lib/api/mount'
import { getDeviceOperation, removeDeviceOperation, renameDeviceOperation } from '#lib/api/operations/devices'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(
  getDeviceOperation,
  renameDeviceOperation,
  removeDeviceOperation,
)
