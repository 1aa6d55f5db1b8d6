import type { z } from 'zod'
import { updateOrganizations } from '#db/queries/organizations'
import { recordAudit } from '#lib/audit/record'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError } from '#lib/errors'
import { requireGrantableTier } from '#lib/organizations/grant-tier'
import { holdCustomer } from '#lib/organizations/hold-customer'
import { type Organization, requireNotSuspended } from '#lib/organizations/load'
import type { EditCustomerInput } from '#lib/organizations/schema'

type Input = z.output<typeof EditCustomerInput>
type Change = { readonly field: string; readonly from: string; readonly to: string }

/**
 * Changes name, contact, tier and, for platform admins, the token limit of an organization, from above. What stays the
 * same is no event. Under suspension a tier or limit only goes down.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `invalid`, `not_held`
 */
export async function editCustomer(ctx: AnyContext, input: Input): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { customer, parent, actor } = await holdCustomer(tx, ctx, input.organizationId)
    if (input.tokenLimit !== undefined && !can(actor, 'limits.override', customer))
      throw new DomainError('forbidden', 'Only platform admins can set a token limit.')
    const granted = customer.tier?.granted
    const newTier = input.tierId !== undefined && input.tierId !== granted?.id
    const tier = newTier ? await requireGrantableTier(tx, parent, input.tierId) : granted
    if (tier === undefined || granted === undefined) throw new Error('an organization below another has no tier')
    const limit = input.tokenLimit === undefined ? customer.tokenLimitOverride : input.tokenLimit
    if (tier.rank > granted.rank || (limit ?? tier.tokenLimit) > limitOf(customer)) requireNotSuspended(customer)

    const changes = [
      ...changed('Name', customer.name, input.name ?? customer.name),
      ...changed('Contact', customer.contact ?? 'none', input.contact === undefined ? customer.contact : input.contact),
      ...changed('Tier', granted.name, tier.name),
      ...changed('Token limit', limitWords(customer.tokenLimitOverride), limitWords(limit)),
    ]
    if (changes.length === 0) return null
    const name = input.name ?? customer.name
    await updateOrganizations(tx, [customer.id], {
      name,
      contact: input.contact === undefined ? customer.contact : input.contact,
      tierId: tier.id,
      tokenLimitOverride: limit,
    })
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'organization.edited',
      organizationId: customer.id,
      target: { type: 'organization', id: customer.id, name },
      details: { changes },
    })
    return null
  })
}

const limitOf = ({ tokenLimitOverride, tier }: Organization) => tokenLimitOverride ?? tier?.granted.tokenLimit ?? 0

const limitWords = (limit: number | null) => (limit === null ? "the tier's" : String(limit))

const changed = (field: string, from: string, to: string | null): Change[] =>
  from === (to ?? 'none') ? [] : [{ field, from, to: to ?? 'none' }]
