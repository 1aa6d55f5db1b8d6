import { mount } from '#lib/api/mount'
import { createTokenOperation } from '#lib/api/operations/token-changes'
import { listTokensOperation } from '#lib/api/operations/tokens'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(listTokensOperation, createTokenOperation)
