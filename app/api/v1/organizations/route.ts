import { mount } from '#lib/api/mount'
import { openOrganizationOperation } from '#lib/api/operations/organization-changes'
import { listOrganizationsOperation } from '#lib/api/operations/organizations'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(
  listOrganizationsOperation,
  openOrganizationOperation,
)
