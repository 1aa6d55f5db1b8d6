import { z } from 'zod'
import { findCustomerFacts } from '#db/queries/customers'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import { presentCustomers } from '#lib/organizations/list-customers'
import type { Organization } from '#lib/organizations/load'
import type { CustomerView } from '#lib/organizations/view'

/** An organization as the HTTP API tells of it. */
export const OrganizationJson = z
  .strictObject({
    organizationId: z.string(),
    slug: z.string().describe('Stands for it in addresses, and never changes.'),
    name: z.string(),
    kind: z.enum(['platform', 'reseller', 'customer']),
    parent: z.string().nullable().describe('Slug of the one that it stands below; null where the caller sees none.'),
    contact: z.string().nullable().describe('E-mail address or URL, for those below it who are told to ask it.'),
    tier: z.string().nullable().describe('The tier that it was granted, by name; null: the platform has none.'),
    effectiveTier: z.string().nullable().describe('The tier that counts: the lowest of its own and those above it.'),
    tokenLimit: z.number().nullable().describe('Active organization and service tokens at most; null: no limit.'),
    tokensInUse: z.number(),
    status: z.enum(['open', 'suspended', 'closed']),
    suspendedBy: z.string().nullable().describe('The one above that is suspended, by name, where it is not itself.'),
    createdAt: z.iso.datetime(),
    lastActivityAt: z.iso.datetime().nullable().describe('The latest use of any of its tokens; null: none yet.'),
  })
  .meta({ id: 'Organization' })
type OrganizationJson = z.infer<typeof OrganizationJson>

/** What paths of one organization name. */
export const OrganizationPath = z.strictObject({
  organization: z.string().min(1).max(100).describe("The organization's slug or id."),
})

/** Puts it together for one that stands below another that the caller sees. */
export const organizationJson = (view: CustomerView): OrganizationJson => ({
  organizationId: view.id,
  slug: view.slug,
  name: view.name,
  kind: view.kind,
  parent: view.parent.slug,
  contact: view.contact,
  tier: view.tier.name,
  effectiveTier: view.tier.limitedTo?.tier ?? view.tier.name,
  tokenLimit: view.limit,
  tokensInUse: view.used,
  status: view.status,
  suspendedBy: view.suspendedBy,
  createdAt: view.openedAt.toISOString(),
  lastActivityAt: view.lastActivityAt?.toISOString() ?? null,
})

/** The same for any organization that the caller was found to see, as it stands now. @throws DomainError `not_found` */
export async function tellOrganization(ctx: AnyContext, organization: Organization): Promise<OrganizationJson> {
  if (organization.kind === 'platform') return platformJson(ctx, organization)
  const [view] = await presentCustomers(ctx, organization.id, [organization.id])
  if (view === undefined) throw notFound()
  const path = organization.path.slice(0, -1)
  const seesParent = can(ctx.actor, 'tokens.see', { id: path.at(-1) ?? '', path, closed: false })
  return seesParent ? organizationJson(view) : { ...organizationJson(view), parent: null }
}

async function platformJson({ db, clock }: AnyContext, platform: Organization): Promise<OrganizationJson> {
  const [facts] = await findCustomerFacts(db, [platform.id], clock())
  if (facts === undefined) throw notFound()
  return {
    organizationId: platform.id,
    slug: platform.slug,
    name: platform.name,
    kind: platform.kind,
    contact: platform.contact,
    ...{ parent: null, tier: null, effectiveTier: null, tokenLimit: null, suspendedBy: null },
    tokensInUse: facts.used,
    status: 'open',
    createdAt: facts.openedAt.toISOString(),
    lastActivityAt: facts.lastActivityAt?.toISOString() ?? null,
  }
}
