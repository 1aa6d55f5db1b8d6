import type { Transaction } from '#db/client'
import type { AuditAction } from '#lib/audit/choices'
import type { AuditDetails } from '#lib/audit/details'
import { recordAudit } from '#lib/audit/record'
import type { Actor } from '#lib/authorization'

/** Writes into the trail what a person did to their own account. */
export const recordOwn = (
  tx: Transaction,
  actor: Pick<Actor, 'userId' | 'email' | 'ip' | 'userAgent'>,
  event: { readonly at: Date; readonly action: AuditAction; readonly details?: AuditDetails },
): Promise<void> =>
  recordAudit(tx, actor, {
    ...event,
    organizationId: null,
    target: { type: 'user', id: actor.userId, name: actor.email },
  })
