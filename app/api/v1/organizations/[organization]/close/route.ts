import { mount } from '#lib/api/mount'
import { closeOrganizationOperation } from '#lib/api/operations/organization-life'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(closeOrganizationOperation)
