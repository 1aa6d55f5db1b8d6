import { mount } from '#lib/api/mount'
import { editTokenOperation } from '#lib/api/operations/token-changes'
import { deleteTokenOperation } from '#lib/api/operations/token-life'
import { getTokenOperation } from '#lib/api/operations/tokens'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(
  getTokenOperation,
  editTokenOperation,
  deleteTokenOperation,
)
