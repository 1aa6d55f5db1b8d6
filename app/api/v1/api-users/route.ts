import { mount } from '#lib/api/mount'
import { createApiUserOperation } from '#lib/api/operations/api-user-changes'
import { listApiUsersOperation } from '#lib/api/operations/api-users'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(listApiUsersOperation, createApiUserOperation)
