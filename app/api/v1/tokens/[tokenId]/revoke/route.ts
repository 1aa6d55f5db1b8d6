import { mount } from '#lib/api/mount'
import { revokeTokenOperation } from '#lib/api/operations/token-life'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(revokeTokenOperation)
