import { z } from 'zod'
import { NOTHING, operation } from '#lib/api/operation'
import { OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { OrganizationJson, OrganizationPath, organizationJson, tellOrganization } from '#lib/api/organization-json'
import { notACursor, PAGE_QUERY, pageSchema, SearchText } from '#lib/api/page'
import { listCustomers } from '#lib/organizations/list-customers'
import { CUSTOMER_FILTERS, CUSTOMER_SORTS, parseCustomerSort } from '#lib/organizations/search'
import { parseCursor } from '#lib/tokens/cursor'

export const listOrganizationsOperation = operation({
  name: 'listOrganizations',
  method: 'GET',
  path: '/api/v1/organizations',
  scope: 'tokens:read',
  summary: 'Lists the organizations below a platform or reseller, at every level.',
  params: NOTHING,
  query: z.strictObject({
    organization: OrganizationReference,
    search: SearchText.describe('Looked for in names and slugs.'),
    filter: z.enum(CUSTOMER_FILTERS).default('all').describe('`limit`: those at the limit of their tier.'),
    sort: z.enum(CUSTOMER_SORTS).default('name').describe('A minus stands for descending.'),
    ...PAGE_QUERY,
  }),
  body: null,
  answers: { 200: pageSchema(OrganizationJson) },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, search: q, filter: show, sort, limit, cursor: after = null }) {
    const order = { by: parseCustomerSort(sort).column }
    if (after !== null && parseCursor(after, order, z.uuid()) === null) throw notACursor()
    const above = await resolveOrganization(ctx, organization)
    const search = { q, show, below: 'all', sort, edit: null, after, before: null } as const
    const { customers, next } = await listCustomers(ctx, above, search, limit)
    return { status: 200, body: { data: customers.map(organizationJson), nextCursor: next } }
  },
})

export const getOrganizationOperation = operation({
  name: 'getOrganization',
  method: 'GET',
  path: '/api/v1/organizations/{organization}',
  scope: 'tokens:read',
  summary: "Tells of one organization: the caller's own, or one below.",
  params: OrganizationPath,
  query: NOTHING,
  body: null,
  answers: { 200: OrganizationJson },
  problems: ['not_found'],
  async run(ctx, { organization }) {
    return { status: 200, body: await tellOrganization(ctx, await resolveOrganization(ctx, organization)) }
  },
})
