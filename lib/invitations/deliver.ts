import type { Transaction } from '#db/client'
import { listInvitationsToSend, updateInvitation } from '#db/queries/invitations'
import { newLink } from '#lib/accounts/link'
import type { AnyContext, Context } from '#lib/context'
import type { Invited } from '#lib/invitations/view'
import type { Post } from '#lib/mail/post'

/** What inviting needs besides: the way to the mail server; null where there is none, and whoever invites gets the link. */
export type InvitingContext = Context & { readonly post: Post | null }

/** The same for verbs that tokens act through too. */
export type AnyInvitingContext = AnyContext & Pick<InvitingContext, 'post'>

/** How long a link for an invitation works, from when it is made. */
export const INVITATION_MS = 72 * 3_600_000

/**
 * Has an approved invitation's link go out, and voids the one before: by mail, for which the link is made when it is
 * sent, or by whoever asks, who is given it this once.
 */
export async function deliver(
  tx: Transaction,
  { post, clock }: Pick<InvitingContext, 'post' | 'clock'>,
  id: string,
): Promise<Invited> {
  if (post !== null) {
    await updateInvitation(tx, id, { linkDigest: null, expiresAt: null })
    await post(tx, { kind: 'invitation', invitationId: id })
    return { id, became: 'mailed', link: null }
  }
  const { link, digest } = newLink()
  await updateInvitation(tx, id, {
    linkDigest: digest,
    expiresAt: new Date(clock().getTime() + INVITATION_MS),
  })
  return { id, became: 'link', link }
}

/**
 * Has the mails go out that are still to be sent in an organization and below it, after a suspension that held them back;
 * those that another suspension holds back wait on.
 */
export async function repostMails(
  tx: Transaction,
  { post }: Pick<InvitingContext, 'post'>,
  organizationId: string,
): Promise<void> {
  if (post === null) return
  for (const { id } of await listInvitationsToSend(tx, organizationId))
    await post(tx, { kind: 'invitation', invitationId: id }, { inPlace: true })
}
