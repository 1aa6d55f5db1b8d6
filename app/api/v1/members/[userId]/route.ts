import { mount } from '#lib/api/mount'
import { editMemberOperation, getMemberOperation, removeMemberOperation } from '#lib/api/operations/members'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(
  getMemberOperation,
  editMemberOperation,
  removeMemberOperation,
)
