import type { AnyContext } from '#lib/context'
import type { AnyInvitingContext } from '#lib/invitations/deliver'
import { type Post, post } from '#lib/mail/post'

/** What resuming, and looking at invitations, need besides. */
export const withPost = (ctx: AnyContext): AnyInvitingContext => ({ ...ctx, post: post() })

const nothing: Post = async () => undefined

/**
 * What inviting needs besides: no answer ever holds a link. Without a mail server none is made before somebody sends the
 * invitation again on the desk, who is shown it there.
 */
export const withoutLinks = (ctx: AnyContext): AnyInvitingContext => ({ ...ctx, post: post() ?? nothing })
