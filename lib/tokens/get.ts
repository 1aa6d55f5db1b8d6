import { listAuditEventsAbout } from '#db/queries/audit'
import { findTokenPeople } from '#db/queries/tokens'
import { describeDetails } from '#lib/audit/details'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import { seeToken } from '#lib/tokens/hold'
import { mayAt } from '#lib/tokens/home'
import { presentToken } from '#lib/tokens/present'
import type { AuditEntry, TokenDetail, TokenView } from '#lib/tokens/view'

const AUDIT_ENTRIES = 100

/**
 * A token as it stands.
 * @throws DomainError `not_found`
 */
export async function viewToken(ctx: AnyContext, tokenId: string): Promise<TokenView> {
  const { token, home } = await seeToken(ctx.db, ctx, tokenId)
  return presentToken(token, home, { ...ctx, now: ctx.clock() })
}

/**
 * A token with its facts and, for those who may read it, its trail; `organizationId` null for a personal one.
 * @throws DomainError `not_found`, also where it is of another organization than the one named
 */
export async function getToken(ctx: AnyContext, organizationId: string | null, tokenId: string): Promise<TokenDetail> {
  const { token, home } = await seeToken(ctx.db, ctx, tokenId)
  if (token.organizationId !== organizationId) throw notFound()
  const mayReadAudit = mayAt(ctx.actor, 'audit.read', home)
  const [people, events] = await Promise.all([
    findTokenPeople(ctx.db, tokenId),
    mayReadAudit ? listAuditEventsAbout(ctx.db, { type: 'token', id: tokenId }, AUDIT_ENTRIES) : [],
  ])
  return {
    ...presentToken(token, home, { ...ctx, now: ctx.clock() }),
    ...people,
    revokeReason: token.revokeReason,
    lastUsedIp: token.lastUsedIp,
    lastUsedUserAgent: token.lastUsedUserAgent,
    audit: events.map(
      (event): AuditEntry => ({
        id: String(event.id),
        at: event.at,
        action: event.action,
        actor: event.actorName,
        ip: event.ip,
        details: describeDetails(event.details),
      }),
    ),
  }
}
