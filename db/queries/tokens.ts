import { and, asc, eq, gt, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Transaction } from '#db/client'
import {
  currentSecret,
  handedOver,
  handingOver,
  retiring,
  retiringSecret,
  tokenColumns,
} from '#db/queries/token-columns'
import { serviceAccounts } from '#db/schema/service-accounts'
import { tokenSecrets, tokens } from '#db/schema/tokens'
import { memberships, users } from '#db/schema/users'

const oneToken = (db: Queryable, id: string) =>
  db
    .select(tokenColumns)
    .from(tokens)
    .leftJoin(tokenSecrets, currentSecret)
    .leftJoin(retiring, retiringSecret)
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, tokens.serviceAccountId))
    .leftJoin(handingOver, handedOver)
    .where(and(eq(tokens.id, id), isNull(tokens.deletedAt)))

export type TokenRow = Awaited<ReturnType<typeof oneToken>>[number]

/** A token that is not deleted; null where there is none. Leans on tokens_pkey. */
export async function findToken(db: Queryable, id: string): Promise<TokenRow | null> {
  const [row] = await oneToken(db, id)
  return row ?? null
}

/** The same, held until the transaction ends. Second in the order of locks, after its organization. */
export async function lockToken(tx: Transaction, id: string): Promise<TokenRow | null> {
  await tx.select({ id: tokens.id }).from(tokens).where(eq(tokens.id, id)).for('no key update')
  return findToken(tx, id)
}

const creator = alias(users, 'creator')
const revoker = alias(users, 'revoker')
const minter = alias(users, 'minter')

const revealer = alias(memberships, 'revealer')
const revealerInviter = alias(users, 'revealer_inviter')

/** Who made, revealed and revoked a token, and who had invited whoever revealed it, by e-mail. Leans on primary keys. */
export async function findTokenPeople(db: Queryable, id: string) {
  const [people] = await db
    .select({
      createdBy: creator.email,
      revokedBy: revoker.email,
      revealedBy: minter.email,
      revealerInvitedBy: revealerInviter.email,
    })
    .from(tokens)
    .leftJoin(tokenSecrets, currentSecret)
    .leftJoin(creator, eq(creator.id, tokens.createdBy))
    .leftJoin(revoker, eq(revoker.id, tokens.revokedBy))
    .leftJoin(minter, eq(minter.id, tokenSecrets.mintedBy))
    .leftJoin(
      revealer,
      and(eq(revealer.userId, tokenSecrets.mintedBy), eq(revealer.organizationId, tokens.organizationId)),
    )
    .leftJoin(revealerInviter, eq(revealerInviter.id, revealer.invitedBy))
    .where(eq(tokens.id, id))
  return people ?? { createdBy: null, revokedBy: null, revealedBy: null, revealerInvitedBy: null }
}

/** In force at that instant: neither revoked, deleted nor expired. */
export const isActive = (now: Date): SQL | undefined =>
  and(isNull(tokens.deletedAt), isNull(tokens.revokedAt), or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)))

/**
 * How many tokens count against an organization's limit: all active ones that have an organization, so organization and
 * service tokens. Exact only while the organization is locked. Leans on tokens_by_state.
 */
export async function countActiveTokens(db: Queryable, organizationId: string, now: Date): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(tokens)
    .where(and(eq(tokens.organizationId, organizationId), isActive(now)))
  return row?.count ?? 0
}

/**
 * The active organization token that was made first, never a service one; null where there is none. Exact only while the
 * organization is locked. Leans on tokens_by_created.
 */
export async function findOldestActiveToken(
  db: Queryable,
  organizationId: string,
  now: Date,
): Promise<{ id: string; name: string } | null> {
  const [oldest] = await db
    .select({ id: tokens.id, name: tokens.name })
    .from(tokens)
    .where(and(eq(tokens.organizationId, organizationId), eq(tokens.kind, 'organization'), isActive(now)))
    .orderBy(asc(tokens.createdAt), asc(tokens.id))
    .limit(1)
  return oldest ?? null
}

/** How another token of the owner's writes that name; null where none has it. PostgreSQL's tokens_name has the last word. */
export async function findTakenName(
  db: Queryable,
  owner: { readonly ownerId: string; readonly nameKey: string; readonly exceptTokenId?: string },
): Promise<string | null> {
  const [taken] = await db
    .select({ name: tokens.name })
    .from(tokens)
    .where(
      and(
        eq(tokens.ownerId, owner.ownerId),
        eq(tokens.nameKey, owner.nameKey),
        isNull(tokens.deletedAt),
        owner.exceptTokenId === undefined ? undefined : ne(tokens.id, owner.exceptTokenId),
      ),
    )
    .limit(1)
  return taken?.name ?? null
}

/** Adds a token. */
export async function insertToken(tx: Transaction, row: typeof tokens.$inferInsert): Promise<void> {
  await tx.insert(tokens).values(row)
}

/** Changes a token that is held. */
export async function updateToken(
  tx: Transaction,
  id: string,
  change: Partial<typeof tokens.$inferInsert> & { readonly updatedAt: Date },
): Promise<void> {
  await tx.update(tokens).set(change).where(eq(tokens.id, id))
}

/**
 * Revokes all active tokens of organizations that are held, and gives them, by id. It holds them in the order of their
 * ids, as whatever holds several does. Leans on tokens_by_state and tokens_pkey.
 */
export async function revokeActiveTokens(
  tx: Transaction,
  organizationIds: readonly string[],
  { by, at }: { readonly by: string | null; readonly at: Date },
) {
  const held = await tx
    .select({ id: tokens.id, name: tokens.name, organizationId: tokens.organizationId })
    .from(tokens)
    .where(and(inArray(tokens.organizationId, [...organizationIds]), isActive(at)))
    .orderBy(asc(tokens.id))
    .for('no key update')
  for (let from = 0; from < held.length; from += IDS_AT_ONCE)
    await tx
      .update(tokens)
      .set({ revokedAt: at, revokedBy: by, updatedAt: at })
      .where(
        inArray(
          tokens.id,
          held.slice(from, from + IDS_AT_ONCE).map(({ id }) => id),
        ),
      )
  return held
}

// A statement has room for 65,535 parameters.
const IDS_AT_ONCE = 10_000
