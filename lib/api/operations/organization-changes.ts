import { z } from 'zod'
import { listTiers } from '#db/queries/tiers'
import { invalid, NOTHING, operation } from '#lib/api/operation'
import { OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { OrganizationJson, OrganizationPath, tellOrganization } from '#lib/api/organization-json'
import type { AnyContext } from '#lib/context'
import { displayName } from '#lib/names'
import { editCustomer } from '#lib/organizations/edit-customer'
import { editOwnOrganization } from '#lib/organizations/edit-own'
import { seeCustomer } from '#lib/organizations/hold-customer'
import { openCustomer, requireMayOpen } from '#lib/organizations/open-customer'
import { Contact, OpenCustomerInput, Slug, slugOf } from '#lib/organizations/schema'

const TierName = z.string('Give the name of a tier.').min(1, 'Name a tier.').max(200, 'Use at most 200 characters.')
const contact = Contact.optional().describe('E-mail address or https URL; empty: none.')

export const openOrganizationOperation = operation({
  name: 'openOrganization',
  method: 'POST',
  path: '/api/v1/organizations',
  scope: 'tokens:write',
  summary: 'Opens a customer or reseller, with a token `Default` that is not revealed yet.',
  params: NOTHING,
  query: NOTHING,
  body: z
    .strictObject({
      organization: OrganizationReference.describe(
        "Slug or id of the platform or reseller that it is opened below. Absent: the calling token's own.",
      ),
      name: displayName.describe('1 to 100 characters.'),
      slug: Slug.optional().describe('Stands for it in addresses. Absent: made of the name.'),
      kind: OpenCustomerInput.shape.kind.default('customer'),
      tier: TierName.optional().describe('By name, at most what counts for the one above. Absent: Lite.'),
      contact,
    })
    .meta({ id: 'NewOrganization' }),
  answers: { 201: OrganizationJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_required', 'organization_suspended'] as const),
    ...(['name_taken', 'not_held'] as const),
  ],
  idempotent: 'possible',
  async run(ctx, { body: { organization, tier, slug, ...body } }) {
    const parent = await resolveOrganization(ctx, organization)
    // Whoever may not is not told which tiers there are.
    requireMayOpen(ctx, parent, body.kind)
    const tierId = await tierNamed(ctx, tier)
    const opened = await openCustomer(
      { ...ctx, post: null },
      { ...body, parentId: parent.id, tierId, slug: slug ?? slugFrom(body.name) },
    )
    return { status: 201, body: await tellOrganization(ctx, await resolveOrganization(ctx, opened.slug)) }
  },
})

export const editOrganizationOperation = operation({
  name: 'editOrganization',
  method: 'PATCH',
  path: '/api/v1/organizations/{organization}',
  scope: 'tokens:write',
  summary: 'Changes name, contact and, from above, tier of an organization: what is absent stays.',
  params: OrganizationPath,
  query: NOTHING,
  body: z
    .strictObject({
      name: displayName.optional(),
      contact,
      tier: TierName.optional().describe('By name, at most what counts for the one above.'),
    })
    .meta({ id: 'OrganizationChange' }),
  answers: { 200: OrganizationJson },
  problems: ['not_found', 'forbidden', 'organization_suspended', 'not_held'],
  idempotent: 'possible',
  async run(ctx, { organization, body: { tier, ...body } }) {
    const { id } = await resolveOrganization(ctx, organization)
    if (tier === undefined) await editOwnOrganization(ctx, { organizationId: id, ...body })
    else {
      await seeCustomer(ctx.db, ctx, id)
      await editCustomer(ctx, { organizationId: id, ...body, tierId: await tierNamed(ctx, tier) })
    }
    return { status: 200, body: await tellOrganization(ctx, await resolveOrganization(ctx, id)) }
  },
})

async function tierNamed({ db }: AnyContext, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined
  const tier = (await listTiers(db)).find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (tier === undefined) throw invalid({ tier: 'There is no tier of this name.' })
  return tier.id
}

function slugFrom(name: string): string {
  const slug = Slug.safeParse(slugOf(name))
  if (slug.success) return slug.data
  throw invalid({ slug: 'Give a slug: none can be made of this name.' })
}
