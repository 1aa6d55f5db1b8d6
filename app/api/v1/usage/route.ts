import { mount } from '#lib/api/mount'
import { readUsageOperation } from '#lib/api/operations/usage'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(readUsageOperation)
