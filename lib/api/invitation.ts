import { z } from 'zod'
import { RoleName } from '#lib/api/member'
import type { InvitationView } from '#lib/invitations/view'

/** An open invitation as the HTTP API tells of it; its link is no part of it. */
export const InvitationJson = z
  .strictObject({
    invitationId: z.string(),
    organizationId: z.string(),
    email: z.string(),
    role: RoleName,
    resourceCount: z.number().nullable().describe('How many devices it is narrowed to; null: it is not narrowed.'),
    invitedBy: z.string().describe('E-mail address.'),
    invitedFrom: z.string().nullable().describe('The organization above on whose behalf, by name; null: its own.'),
    state: z
      .enum(['approval', 'sending', 'held', 'unsent', 'sent', 'run-out'])
      .describe(
        '`approval`: an admin of the organization has to approve it; `sending`: the mail has not gone out yet; `held`: a suspension holds it back; `unsent`: there is no mail server, and whoever sends it again on the desk is shown a link; `sent`: its link works; `run-out`: not any more.',
      ),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().describe('Until when its link works; null: there is none yet.'),
  })
  .meta({ id: 'Invitation' })

export const invitationJson =
  (organizationId: string) =>
  (view: InvitationView): z.infer<typeof InvitationJson> => ({
    invitationId: view.id,
    organizationId,
    email: view.email,
    role: view.role,
    resourceCount: view.devices,
    invitedBy: view.invitedBy.email,
    invitedFrom: view.fromAbove,
    state: view.state,
    createdAt: view.createdAt.toISOString(),
    expiresAt: view.expiresAt?.toISOString() ?? null,
  })
