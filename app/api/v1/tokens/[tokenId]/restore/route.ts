import { mount } from '#lib/api/mount'
import { restoreTokenOperation } from '#lib/api/operations/token-life'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(restoreTokenOperation)
