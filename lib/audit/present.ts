import type { AuditLogRow } from '#db/queries/audit-log'
import { describeDetails } from '#lib/audit/details'
import type { AuditEventView } from '#lib/audit/view'

/**
 * An event as those who may read the trail see it. A personal token is told of without its name, which is its owner's
 * alone. It does not ask whether the actor may see the event.
 */
export function presentEvent({ event, organization, tokenId }: AuditLogRow): AuditEventView {
  const { id, at, action, actorName, targetType, targetId, targetName, ip, userAgent } = event
  const personal = targetType === 'token' && organization === null
  return {
    id: String(id),
    at,
    action,
    actor: actorName,
    target: {
      type: targetType,
      id: targetId,
      name: personal ? null : targetName,
      href: organization === null ? null : hrefOf(organization, targetId, tokenId),
    },
    organization,
    ip,
    userAgent,
    details: describeDetails(event.details, { withNames: !personal }),
  }
}

function hrefOf({ id, slug }: { id: string; slug: string }, targetId: string, tokenId: string | null): string | null {
  if (tokenId !== null) return `/o/${slug}/tokens/${tokenId}`
  return targetId === id ? `/o/${slug}/tokens` : null
}
