import { mount } from '#lib/api/mount'
import { editApiUserOperation } from '#lib/api/operations/api-user-changes'
import { getApiUserOperation } from '#lib/api/operations/api-users'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(getApiUserOperation, editApiUserOperation)
