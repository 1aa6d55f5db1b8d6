'use server'

import { formAction, publicFormAction } from '#lib/action'
import { beginSessionAs, requestFrom } from '#lib/actor'
import * as accept from '#lib/invitations/accept'
import * as join from '#lib/invitations/join'
import * as open from '#lib/invitations/open'
import { AcceptInvitationInput, JoinByInvitationInput, OpenInvitationInput } from '#lib/invitations/schema'
import { goToProvider } from '#lib/provider'

/** What the link invites to. */
export const openInvitation = publicFormAction('openInvitation', OpenInvitationInput, async (input) =>
  open.openInvitation(await requestFrom(), input),
)

/** Makes the account, signs it in and leads to the organization. */
export const acceptInvitation = publicFormAction('acceptInvitation', AcceptInvitationInput, async (input) => {
  const { email, slug } = await accept.acceptInvitation(await requestFrom(), input)
  const begun = await beginSessionAs(email, input.password)
  return { redirectTo: begun ? `/o/${slug}/tokens` : '/sign-in' }
})

/**
 * Leads to the provider, to accept by whoever one is there; the link works, so that nobody goes there in vain. It asks
 * them to sign in there anew: an account that could confirm nothing is not made.
 */
export const acceptByProvider = publicFormAction('acceptByProvider', OpenInvitationInput, async (input) => {
  await open.openInvitation(await requestFrom(), input)
  return goToProvider({ kind: 'accept', link: input.link }, '/', { again: true })
})

/** Joins with the account that is signed in. */
export const joinByInvitation = formAction('joinByInvitation', JoinByInvitationInput, async (ctx, input) => {
  const { slug } = await join.joinByInvitation(ctx, input)
  return { redirectTo: `/o/${slug}/tokens` }
})
