import { mount } from '#lib/api/mount'
import { listTokensOperation } from '#lib/api/operations/tokens'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(listTokensOperation)
