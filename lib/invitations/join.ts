import type { z } from 'zod'
import { findMembership } from '#db/queries/invitations'
import { destroySealedOf } from '#db/queries/organization-settings'
import { insertMembership } from '#db/queries/users'
import { emailKey } from '#lib/accounts/schema'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { holdByLink, settle } from '#lib/invitations/by-link'
import type { JoinByInvitationInput } from '#lib/invitations/schema'

/**
 * Makes whoever is signed in a member as invited, whatever their e-mail address, and uses the link up. `as` is whom the
 * page said it would be: somebody who has signed in there since is asked again.
 * @throws DomainError `forbidden` for another than `as`, `already_member`, `link_used`, `not_approved`, `organization_suspended`
 */
export const joinByInvitation = (
  { db, actor, clock }: Context,
  { link, as }: z.output<typeof JoinByInvitationInput>,
): Promise<{ readonly slug: string }> =>
  db.transaction(async (tx) => {
    if (emailKey(as) !== emailKey(actor.email))
      throw new DomainError('forbidden', `You are signed in as ${actor.email} by now. Reload this page.`)
    const now = clock()
    const held = await holdByLink(tx, link, now)
    const { invitation, organization } = held
    if ((await findMembership(tx, actor.userId, organization.id)) !== null)
      throw new DomainError('already_member', `You are a member of ${organization.name} already.`)
    await insertMembership(tx, {
      userId: actor.userId,
      organizationId: organization.id,
      role: invitation.role,
      devices: invitation.devices,
      invitedBy: invitation.invitedBy.id,
      createdAt: now,
    })
    // The tightest of a person's organizations counts for their own tokens.
    if (organization.policies.revealPolicy === 'once') await destroySealedOf(tx, actor.userId)
    await settle(tx, held, actor, now)
    return { slug: organization.slug }
  })
