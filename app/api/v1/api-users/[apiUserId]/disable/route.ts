import { mount } from '#lib/api/mount'
import { disableApiUserOperation } from '#lib/api/operations/api-user-changes'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(disableApiUserOperation)
