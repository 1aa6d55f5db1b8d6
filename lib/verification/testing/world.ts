import { randomBytes } from 'node:crypto'
import { insertOrganization } from '#db/queries/organizations'
import { insertServiceAccount } from '#db/queries/service-accounts'
import { insertSecret } from '#db/queries/token-secrets'
import { insertToken } from '#db/queries/tokens'
import { insertMembership, insertUser } from '#db/queries/users'
import { begunDatabases } from '#db/testing/begun-database'
import type { DatabaseOptions } from '#db/testing/test-database'
import type { Role } from '#lib/authorization'
import { deriveSecret, digestOf, newSalt, newTokenId, revealKeyDigest, tailOf } from '#lib/tokens/secret'
import type { TokenKind } from '#lib/tokens/view'

/** When everything in these worlds is made. */
export const MADE_AT = new Date('2026-11-01T00:00:00.000Z')

const openDatabase = begunDatabases(async ({ db, sql }) => {
  const tiers = await sql<{ id: string; name: string }[]>`select id, name from tiers`
  const organization = (kind: 'reseller' | 'customer', slug: string, parentId: string, tier: string) =>
    add({ kind, slug, name: slug, parentId, tierId: tiers.find(({ name }) => name === tier)?.id ?? null })
  const add = async (row: Parameters<typeof insertOrganization>[1]) =>
    (await db.transaction((tx) => insertOrganization(tx, { ...row, createdAt: MADE_AT }))).id

  const platform = await add({ kind: 'platform', slug: 'platform', name: 'Platform' })
  const northwind = await organization('reseller', 'northwind', platform, 'Advanced')
  const alder = await organization('customer', 'alder', northwind, 'Advanced')
  const birch = await organization('customer', 'birch', northwind, 'Lite')
  const southgate = await organization('reseller', 'southgate', platform, 'Advanced')
  const cedar = await organization('customer', 'cedar', southgate, 'Lite')
  return { organizations: { platform, northwind, alder, birch, southgate, cedar } }
})

/** A migrated database with the organizations of the sample data and no tokens yet. */
export async function openWorld(options: Pick<DatabaseOptions, 'onEnd'> = {}) {
  const { url, db, sql, organizations } = await openDatabase({ connections: 4, ...options })

  async function addToken(
    owner: { organizationId: string; serviceAccountId?: string } | { userId: string },
    row: Partial<Parameters<typeof insertToken>[1]> & { readonly name?: string } = {},
  ) {
    const id = newTokenId()
    const kind = 'userId' in owner ? 'personal' : owner.serviceAccountId === undefined ? 'organization' : 'service'
    const name = row.name ?? `Token ${id}`
    await db.transaction((tx) =>
      insertToken(tx, {
        id,
        kind,
        name,
        nameKey: name,
        scopes: kind === 'personal' ? null : ['data:read', 'reports:read'],
        createdAt: MADE_AT,
        updatedAt: MADE_AT,
        ...owner,
        ...row,
      }),
    )
    return id
  }

  /** Mints a secret of a token as a reveal does; `open` leaves that reveal unfinished. */
  async function mint(
    id: string,
    options: { open?: boolean; retiresAt?: Date; mintedAt?: Date; prefix?: string } = {},
  ) {
    const { prefix = 'tok', mintedAt = MADE_AT, retiresAt = null } = options
    const [{ kind } = { kind: 'organization' as const }] = await sql<
      { kind: TokenKind }[]
    >`select kind from tokens where id = ${id}`
    const key = randomBytes(16).toString('base64url')
    const salt = newSalt()
    const secret = deriveSecret({ prefix, kind, id, key, salt })
    const row = { tokenId: id, prefix, digest: digestOf(secret), tail: tailOf(secret), mintedAt, revealUntil: MADE_AT }
    const reveal = { revealKeyDigest: revealKeyDigest(key), revealSalt: options.open === true ? salt : null }
    await db.transaction((tx) =>
      insertSecret(tx, { ...row, ...reveal, state: retiresAt === null ? 'current' : 'retiring', retiresAt }),
    )
    return secret
  }

  const ready = async (...made: Parameters<typeof addToken>) => {
    const id = await addToken(...made)
    return { id, secret: await mint(id) }
  }

  async function addUser(roles: Readonly<Record<string, Role>>) {
    const email = `${newTokenId()}@example.com`
    return db.transaction(async (tx) => {
      const { id } = await insertUser(tx, { email, emailKey: email.toLowerCase(), name: 'Someone' })
      for (const [organizationId, role] of Object.entries(roles))
        await insertMembership(tx, { userId: id, organizationId, role })
      return id
    })
  }

  async function addApiUser(organizationId: string, role: Role, scopes: string[]) {
    const name = newTokenId()
    return (
      await db.transaction((tx) => insertServiceAccount(tx, { organizationId, name, nameKey: name, role, scopes }))
    ).id
  }

  return { url, sql, organizations, addToken, mint, ready, addUser, addApiUser }
}
