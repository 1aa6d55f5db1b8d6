import { expect, test } from 'vitest'
import type { Role } from '#lib/authorization'
import type { Context } from '#lib/context'
import { defineScope } from '#lib/scopes/define'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { tokenFormOptions } from '#lib/tokens/form-options'
import { loadPersonalHome } from '#lib/tokens/home'
import { listReach } from '#lib/tokens/reach'
import { revealToken } from '#lib/tokens/reveal'
import { desk, refused } from '#lib/tokens/testing/desk'
import { openGateway } from '#lib/tokens/testing/gateway'

const MEASURE = 'measurements:write'

/** A person with a role in Alder, whose tier has the scope, and another in Birch, whose tier lacks it. */
async function between(inAlder: Role, inBirch: Role) {
  const world = await desk()
  const { alder, northwind, platform, organization, person, join, db } = world
  const root = await person(platform, 'admin')
  await defineScope(root, { name: MEASURE, description: 'Measure', tierId: await world.tier('Advanced') })
  const birch = await organization('Birch', northwind, 'customer', await world.tier('Lite'))
  const both = await join(await person(alder, inAlder), birch, inBirch)
  const offered = async (ctx: Context) => {
    const { scopes } = await tokenFormOptions(ctx, await loadPersonalHome(db, ctx.actor))
    return scopes.filter(({ refusal }) => refusal === null).map(({ name }) => name)
  }
  return { ...world, both, offered, verify: await openGateway(world) }
}

const READS = ['data:read', 'reports:read', 'tokens:read']
const TABLE: readonly (readonly [Role, Role, added: readonly string[]])[] = [
  ['viewer', 'viewer', []],
  ['viewer', 'member', []],
  ['viewer', 'admin', ['tokens:write']],
  ['member', 'viewer', [MEASURE]],
  ['member', 'admin', ['tokens:write', MEASURE]],
  ['admin', 'viewer', ['tokens:write', MEASURE]],
]

test.each(TABLE)(
  'a %s where the tier has a scope and a %s where it lacks it may grant %j besides what all may, and the same is offered',
  async (inAlder, inBirch, added) => {
    const { both, offered, verify, db, sql } = await between(inAlder, inBirch)
    const may = [...READS, ...added]
    expect((await offered(both)).toSorted()).toEqual(may.toSorted())
    const { id: tokenId } = await createToken(both, { organizationId: null, name: 'Narrow', scopes: [] })
    for (const scope of ['data:read', 'tokens:write', MEASURE, 'tokens:verify']) {
      const verbs = [
        () => createToken(both, { organizationId: null, name: `With ${scope}`, scopes: [scope] }),
        () => editToken(both, { tokenId, scopes: [scope] }),
      ]
      for (const verb of verbs)
        if (may.includes(scope)) expect((await verb()).scopes).toEqual([scope])
        else await expect(verb()).rejects.toEqual(refused('not_held'))
    }
    // What all of them give works where the role and the tier of that very organization hold it.
    const all = await createToken(both, { organizationId: null, name: 'All', scopes: [...may] })
    const { secret } = await revealToken(both, { tokenId: all.id, key: newRevealKey() })
    const organizations = await sql<{ id: string; slug: string; name: string; role: Role; kind: 'customer' }[]>`
      select o.id, o.slug, o.name, m.role, o.kind from memberships m join organizations o on o.id = m.organization_id
      where m.user_id = ${both.actor.userId}`
    const reach = await listReach({ db, organizations: organizations.map((each) => ({ ...each, path: [] })) }, may)
    const holds: Record<string, readonly [Role, boolean]> = { alder: [inAlder, true], birch: [inBirch, false] }
    for (const [slug, [role, has]] of Object.entries(holds))
      for (const scope of may) {
        const held = READS.includes(scope) || (scope === MEASURE ? has && role !== 'viewer' : role === 'admin')
        const asked = { organization: slug, scope: [scope] }
        expect(await verify(secret, asked), `${scope} at ${slug}`).toBe(held ? 'active' : 'insufficient_scope')
        expect(reach.find((each) => each.slug === slug)?.scopes.includes(scope), `${scope} at ${slug}`).toBe(held)
      }
  },
)
