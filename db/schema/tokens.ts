import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea } from '#db/schema/bytea'
import { organizations } from '#db/schema/organizations'
import { serviceAccounts } from '#db/schema/service-accounts'
import { users } from '#db/schema/users'

export const tokenKind = pgEnum('token_kind', ['personal', 'organization', 'service'])
export const secretState = pgEnum('secret_state', ['current', 'retiring'])

/** The lasting identity. A deleted token stays as a tombstone without a secret. */
export const tokens = pgTable(
  'tokens',
  {
    /** Public: 16 characters of base62. */
    id: text().primaryKey(),
    kind: tokenKind().notNull(),
    organizationId: uuid().references(() => organizations.id),
    userId: uuid().references(() => users.id),
    serviceAccountId: uuid(),
    ownerId: uuid().notNull().generatedAlwaysAs(sql`coalesce(service_account_id, user_id, organization_id)`),
    name: text().notNull(),
    /** NFKC in lower case; PostgreSQL's own folding depends on its collation. */
    nameKey: text().notNull(),
    /** null on a personal token that has whatever its owner has. */
    scopes: text().array(),
    /** Devices that it is narrowed to; null: not narrowed. None at all is narrowed to nothing. */
    devices: text().array(),
    ipRanges: text().array().notNull().default(sql`'{}'`),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    createdBy: uuid().references(() => users.id),
    /** The organization above whose admin handed it over; null: it was made by its own people. */
    handedOverById: uuid().references(() => organizations.id),
    /** null: never */
    expiresAt: timestamp({ withTimezone: true }),
    /** The preset length, which starts anew at the first reveal; null for a chosen date and for never. */
    lifetimeDays: integer(),
    /** When its first secret was minted; null: nobody has revealed it yet. */
    revealedAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
    revokedBy: uuid().references(() => users.id),
    revokeReason: text(),
    compromised: boolean().notNull().default(false),
    /** A rotation waits for the next reveal, after which the old secret keeps working for so long; null: none waits. */
    rotationOverlapSeconds: integer(),
    deletedAt: timestamp({ withTimezone: true }),
    deletedBy: uuid().references(() => users.id),
    /** The token that took its place at the limit. */
    replacedBy: text().references((): AnyPgColumn => tokens.id),
    live: boolean().notNull().generatedAlwaysAs(sql`deleted_at is null`),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
    lastUsedAt: timestamp({ withTimezone: true }),
    lastUsedIp: text(),
    lastUsedUserAgent: text(),
    /** What the list is sorted by first: within a minute a use changes nothing that an index holds. */
    lastUsedMinute: timestamp({ withTimezone: true }).generatedAlwaysAs(
      sql`date_bin('1 minute', last_used_at, '2000-01-01 00:00:00+00'::timestamptz)`,
    ),
  },
  (table) => [
    unique('tokens_live').on(table.id, table.live),
    uniqueIndex('tokens_name').on(table.ownerId, table.nameKey).where(sql`${table.deletedAt} is null`),
    // The list of an organization, one index for each of its orders, and the count against the limit.
    index('tokens_by_created')
      .on(table.organizationId, table.createdAt, table.id)
      .where(sql`${table.deletedAt} is null`),
    index('tokens_by_name').on(table.organizationId, table.nameKey, table.id).where(sql`${table.deletedAt} is null`),
    index('tokens_by_last_used')
      .on(table.organizationId, sql`coalesce(${table.lastUsedMinute}, '-infinity'::timestamptz)`)
      .where(sql`${table.deletedAt} is null`),
    // How many there are of each status, and how many count against the limit, without reading the tokens themselves.
    index('tokens_by_state')
      .on(table.organizationId, table.revokedAt, table.expiresAt)
      .where(sql`${table.deletedAt} is null`),
    // Never used stands last whichever way the list runs, and no index runs both.
    index('tokens_by_last_used_up')
      .on(table.organizationId, sql`coalesce(${table.lastUsedMinute}, 'infinity'::timestamptz)`)
      .where(sql`${table.deletedAt} is null`),
    index('tokens_by_expires')
      .on(table.organizationId, sql`coalesce(${table.expiresAt}, 'infinity'::timestamptz)`, table.id)
      .where(sql`${table.deletedAt} is null`),
    // Whether the list looks different: what was changed last, deleted ones included.
    index('tokens_by_updated').on(sql`coalesce(${table.organizationId}, ${table.userId})`, table.updatedAt),
    // Those that nobody has revealed yet.
    index('tokens_unrevealed')
      .on(table.organizationId, table.expiresAt, table.id)
      .where(sql`${table.deletedAt} is null and ${table.revokedAt} is null and ${table.revealedAt} is null`),
    foreignKey({
      name: 'tokens_service_account_in_organization',
      columns: [table.serviceAccountId, table.organizationId],
      foreignColumns: [serviceAccounts.id, serviceAccounts.organizationId],
    }),
    check('tokens_id_form', sql`${table.id} ~ '^[0-9A-Za-z]{16}$'`),
    check(
      'tokens_kind_has_its_owner',
      sql`case ${table.kind}
        when 'personal' then ${table.userId} is not null and ${table.organizationId} is null and ${table.serviceAccountId} is null
        when 'organization' then ${table.organizationId} is not null and ${table.userId} is null and ${table.serviceAccountId} is null
        when 'service' then ${table.serviceAccountId} is not null and ${table.organizationId} is not null and ${table.userId} is null
      end`,
    ),
    check('tokens_scopes_stored', sql`${table.kind} = 'personal' or ${table.scopes} is not null`),
    check(
      'tokens_personal_never_verifies',
      sql`${table.kind} <> 'personal' or not 'tokens:verify' = any(coalesce(${table.scopes}, '{}'))`,
    ),
    check('tokens_compromised_is_revoked', sql`not ${table.compromised} or ${table.revokedAt} is not null`),
    check('tokens_replaced_is_deleted', sql`${table.replacedBy} is null or ${table.deletedAt} is not null`),
    check('tokens_lifetime_positive', sql`${table.lifetimeDays} > 0`),
    check('tokens_rotation_overlap', sql`${table.rotationOverlapSeconds} in (0, 3600, 86400, 604800)`),
    check('tokens_deleted_rotates_not', sql`${table.deletedAt} is null or ${table.rotationOverlapSeconds} is null`),
  ],
)

/**
 * What is presented: its SHA-256, never itself. `tokenLive` is always true, so the foreign key to `(id, live)` makes
 * PostgreSQL refuse a deleted token that still has a secret, in whatever order two transactions try.
 */
export const tokenSecrets = pgTable(
  'token_secrets',
  {
    tokenId: text().notNull(),
    tokenLive: boolean().notNull().default(true),
    state: secretState().notNull(),
    /** The prefix it was minted under. */
    prefix: text().notNull(),
    digest: bytea().notNull(),
    /** The last four characters, which are of the checksum and say nothing of the secret. */
    tail: text().notNull(),
    mintedAt: timestamp({ withTimezone: true }).notNull(),
    mintedBy: uuid().references(() => users.id),
    retiresAt: timestamp({ withTimezone: true }),
    /** SHA-256 of the caller's key, and the 32 bytes from which the secret is derived under that key until they are wiped. */
    revealKeyDigest: bytea().notNull(),
    revealSalt: bytea(),
    /** For those who may know that a reveal is not finished, but not what it derives from. */
    revealOpen: boolean().notNull().generatedAlwaysAs(sql`reveal_salt is not null`),
    revealUntil: timestamp({ withTimezone: true }).notNull(),
    /** Under policy `anytime` alone: the secret under AES-256-GCM (12 bytes nonce, ciphertext, 16 bytes tag), and the id of its key. */
    sealed: bytea(),
    sealKeyId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.tokenId, table.state] }),
    foreignKey({
      name: 'token_secrets_of_live_token',
      columns: [table.tokenId, table.tokenLive],
      foreignColumns: [tokens.id, tokens.live],
    }),
    // For wiping what was left open.
    index('token_secrets_open').on(table.revealUntil).where(sql`${table.revealSalt} is not null`),
    // What is still to be sealed under the newest key, and what tightening destroys.
    index('token_secrets_sealed').on(table.sealKeyId, table.tokenId).where(sql`${table.sealed} is not null`),
    check('token_secrets_sealed_has_key', sql`(${table.sealed} is null) = (${table.sealKeyId} is null)`),
    check('token_secrets_sealed_length', sql`octet_length(${table.sealed}) > 28`),
    check('token_secrets_token_live', sql`${table.tokenLive}`),
    check('token_secrets_digest_length', sql`octet_length(${table.digest}) = 32`),
    check('token_secrets_key_digest_length', sql`octet_length(${table.revealKeyDigest}) = 32`),
    check('token_secrets_salt_length', sql`octet_length(${table.revealSalt}) = 32`),
    check('token_secrets_tail_length', sql`length(${table.tail}) = 4`),
    check('token_secrets_retiring_has_end', sql`(${table.state} = 'retiring') = (${table.retiresAt} is not null)`),
  ],
)
