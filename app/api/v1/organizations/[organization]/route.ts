import { mount } from '#lib/api/mount'
import { editOrganizationOperation } from '#lib/api/operations/organization-changes'
import { getOrganizationOperation } from '#lib/api/operations/organizations'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(
  getOrganizationOperation,
  editOrganizationOperation,
)
