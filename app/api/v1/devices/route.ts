import { mount } from '#lib/api/mount'
import { listDevicesOperation, registerDeviceOperation } from '#lib/api/operations/devices'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(listDevicesOperation, registerDeviceOperation)
