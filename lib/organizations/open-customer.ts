import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { violatedConstraint } from '#db/errors'
import type { NewOrganization } from '#db/queries/organizations'
import { lockOrganization } from '#db/queries/organizations'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import type { AnyInvitingContext } from '#lib/invitations/deliver'
import { addInvitation } from '#lib/invitations/invite'
import type { Invited } from '#lib/invitations/view'
import { asOfNow } from '#lib/organizations/as-of-now'
import { addOrganization } from '#lib/organizations/create'
import { requireGrantableTier } from '#lib/organizations/grant-tier'
import { loadOrganization, type Organization, requireNotSuspended } from '#lib/organizations/load'
import type { OpenCustomerInput } from '#lib/organizations/schema'

// The platform, eight levels of resellers, a customer: PostgreSQL's organizations_keep_path says the same.
const DEEPEST_RESELLER = 9

/**
 * Opens an organization below one that the actor administers, or that stands below one they do, with its token
 * `Default`, not revealed yet, and an invitation for its first admin where there is one to invite.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `invalid`, `not_held`, `name_taken`
 */
export async function openCustomer(
  ctx: AnyInvitingContext,
  input: z.output<typeof OpenCustomerInput>,
): Promise<{ readonly slug: string; readonly name: string; readonly invited: Invited | null }> {
  return ctx.db.transaction(async (tx) => {
    const { parent, actor } = await holdParent(tx, ctx, input.parentId)
    requireOpenable(parent, input.kind)
    const tier = await requireGrantableTier(tx, parent, input.tierId)
    const customer = await add(tx, ctx, {
      kind: input.kind,
      parentId: parent.id,
      slug: input.slug,
      name: input.name,
      contact: input.contact ?? null,
      tierId: tier.id,
      createdAt: ctx.clock(),
    })
    const { slug, name } = customer
    const { adminEmail: email = '' } = input
    const invited = email === '' ? null : await addInvitation(tx, { ...ctx, actor }, customer, { email, role: 'admin' })
    return { slug, name, invited }
  })
}

/** Why no organization of that kind can stand below the parent; null: it can. */
export function kindRefusal(
  kind: 'customer' | 'reseller',
  parent: Pick<Organization, 'name' | 'kind' | 'path'>,
): string | null {
  if (parent.kind === 'customer') return `${parent.name} is a customer, and customers have none below them.`
  if (kind === 'reseller' && parent.path.length >= DEEPEST_RESELLER)
    return `Resellers stand at most eight deep, and ${parent.name} is the eighth.`
  return null
}

function requireOpenable(parent: Organization, kind: 'customer' | 'reseller'): void {
  requireNotSuspended(parent)
  const refusal = kindRefusal(kind, parent)
  if (refusal !== null) throw new DomainError('invalid', refusal, { kind: refusal })
}

/**
 * Refuses unless the actor may open one of that kind below the parent, whatever its tier. Nothing is held.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `invalid`
 */
export function requireMayOpen(
  ctx: Pick<AnyContext, 'actor'>,
  parent: Organization,
  kind: 'customer' | 'reseller',
): void {
  requireManager(ctx, parent)
  requireOpenable(parent, kind)
}

async function holdParent(tx: Transaction, ctx: AnyContext, parentId: string) {
  requireManager(ctx, await loadOrganization(tx, parentId))
  await lockOrganization(tx, parentId)
  const parent = await loadOrganization(tx, parentId)
  const actor = parent === null ? ctx.actor : await asOfNow(tx, ctx.actor, parent)
  requireManager({ actor }, parent)
  return { parent, actor }
}

function requireManager(
  { actor }: Pick<AnyContext, 'actor'>,
  parent: Organization | null,
): asserts parent is Organization {
  if (parent === null || !can(actor, 'tokens.see', parent)) throw notFound()
  if (!can(actor, 'customers.manage', parent))
    throw new DomainError('forbidden', `Only admins of ${parent.name} can do that.`)
}

async function add(tx: Transaction, { actor }: AnyContext, row: NewOrganization & { readonly createdAt: Date }) {
  try {
    return await addOrganization(tx, actor, row)
  } catch (error) {
    if (violatedConstraint(error) !== 'organizations_slug') throw error
    const message = `The slug "${row.slug}" is taken. Choose another.`
    throw new DomainError('name_taken', message, { slug: message })
  }
}
