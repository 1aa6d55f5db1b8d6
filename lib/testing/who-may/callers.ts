import { insertServiceAccount } from '#db/queries/service-accounts'
import type { Role } from '#lib/authorization'
import type { Context } from '#lib/context'
import { nameKey } from '#lib/names'
import { scopesOfRole } from '#lib/scopes/effective'
import type { whoMayWorld } from '#lib/testing/who-may/world'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'
import type { SecretString } from '#lib/tokens/secret'

type World = Awaited<ReturnType<typeof whoMayWorld>>

/** A token that calls, and where it counts: bound there, or by its owner's role in each. */
export type TokenCaller = {
  readonly relation: string
  readonly secret: SecretString
  /** It stands for a person. */
  readonly personal: boolean
  readonly places: readonly {
    readonly slug: string
    readonly role: Role
    /** What it is there for what stands below. */
    readonly adminBelow: boolean
  }[]
}

const ROLES = ['viewer', 'member', 'admin'] as const

/** Tokens of every kind and role, of the organization that is acted on, of those above it and of strangers to it. */
export async function tokenCallers(world: World): Promise<TokenCaller[]> {
  const { sql, people } = world
  await sql`update organizations set token_limit_override = 100 where kind <> 'platform'`
  const slugs = new Map((await sql`select id, slug from organizations`).map((row) => [row['id'], String(row['slug'])]))
  const callers: TokenCaller[] = []
  for (const { relation, ctx } of people) {
    const [own] = await sql`select id from tokens where user_id = ${ctx.actor.userId} and revealed_at is null limit 1`
    callers.push({
      relation: `personal token of ${relation}`,
      secret: await open(ctx, String(own?.['id'])),
      personal: true,
      places: ctx.actor.memberships.map(({ organizationId, role }) => ({
        slug: slugs.get(organizationId) ?? '',
        role,
        adminBelow: role === 'admin',
      })),
    })
  }
  const adminOf = new Map([
    ['target', 'its admin'],
    ['northwind', 'admin one level above'],
    ['platform', 'admin two levels above'],
    ['below', 'admin of below'],
    ['sibling', 'admin of sibling'],
    ['stranger', 'admin of stranger'],
  ])
  for (const [slug, relation] of adminOf) {
    const admin = people.find((each) => each.relation === relation)?.ctx
    if (admin === undefined) throw new Error(`there is no ${relation}`)
    const isNear = slug === 'target' || slug === 'northwind'
    for (const role of isNear ? (['viewer', 'admin'] as const) : (['admin'] as const))
      callers.push(await bound(admin, slug, role, `organization token of ${slug} that ${WRITES[role]}`))
    for (const role of isNear ? ROLES : [])
      callers.push(await bound(admin, slug, role, `token of an API user of ${slug}, ${role}`, true))
  }
  return callers
}

const WRITES = { viewer: 'reads', admin: 'writes' } as const

async function bound(
  admin: Context,
  slug: string,
  role: Role,
  relation: string,
  ofApiUser = false,
): Promise<TokenCaller> {
  const [membership] = admin.actor.memberships
  if (membership === undefined) throw new Error('an admin is a member')
  const { organizationId } = membership
  const scopes = [...scopesOfRole(role)]
  const now = admin.clock()
  const serviceAccountId = ofApiUser
    ? (
        await admin.db.transaction((tx) =>
          insertServiceAccount(tx, {
            ...{ organizationId, name: relation, nameKey: nameKey(relation), role, scopes, createdAt: now },
          }),
        )
      ).id
    : undefined
  const { id } = await createToken(admin, { organizationId, name: relation, scopes, serviceAccountId })
  return { relation, secret: await open(admin, id), personal: false, places: [{ slug, role, adminBelow: true }] }
}

const open = async (ctx: Context, tokenId: string) => (await revealToken(ctx, { tokenId, key: newRevealKey() })).secret
