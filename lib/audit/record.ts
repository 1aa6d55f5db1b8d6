import type { Transaction } from '#db/client'
import { insertAuditEvents } from '#db/queries/audit'
import type { AuditAction } from '#lib/audit/choices'
import type { AuditDetails } from '#lib/audit/details'
import type { AnyActor } from '#lib/authorization'

/** Who did it: a person, or with `userId` null Tokenry itself, nobody known, or a token that stands for no person. */
export type AuditActor = Pick<AnyActor, 'userId' | 'email' | 'ip' | 'userAgent'> & {
  readonly token?: { readonly id: string }
}

export type AuditTarget = { readonly type: string; readonly id: string; readonly name: string }

type AuditEvent = {
  readonly at: Date
  readonly action: AuditAction
  readonly organizationId: string | null
  readonly target: AuditTarget
  readonly details?: AuditDetails
}

/** Writes into the trail who did what, in the transaction of the change itself: neither is without the other. */
export const recordAudit = (tx: Transaction, actor: AuditActor, event: AuditEvent): Promise<void> =>
  insertAuditEvents(tx, [rowOf(actor, event)])

/** The same for all that one act changes, in the order given. */
export const recordAudits = (tx: Transaction, actor: AuditActor, events: readonly AuditEvent[]): Promise<void> =>
  insertAuditEvents(
    tx,
    events.map((event) => rowOf(actor, event)),
  )

const rowOf = (actor: AuditActor, event: AuditEvent) => ({
  at: event.at,
  action: event.action,
  organizationId: event.organizationId,
  actorUserId: actor.userId,
  actorName: actor.email,
  targetType: event.target.type,
  targetId: event.target.id,
  targetName: event.target.name,
  details: { ...event.details, ...(actor.token && { byToken: actor.token.id }) },
  ip: actor.ip,
  userAgent: actor.userAgent,
})
