import { mount } from '#lib/api/mount'
import { revealTokenOperation } from '#lib/api/operations/token-secrets'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(revealTokenOperation)
