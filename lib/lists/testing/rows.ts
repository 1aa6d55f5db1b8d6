import type { Context } from '#lib/context'
import { registerDevice } from '#lib/devices/register'
import { defineScope } from '#lib/scopes/define'
import { createApiUser } from '#lib/service-accounts/create'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'

const MANY = 40

/** A platform of which every screen of its admin has a row, and little more. */
export async function fewRows() {
  const world = await testWorld()
  const { platform, person, organization, sql } = world
  const root = await person(platform, 'admin')
  const at = { organizationId: platform.id }
  const lite = await world.tier('Lite')
  await defineScope(root, { name: 'own:one', description: 'One', tierId: lite })
  const suspended = await organization('Oak', platform, 'customer', lite)
  await sql`update organizations set suspended_at = now() where id = ${suspended.id}`
  await registerDevice(root, { ...at, deviceId: 'one', name: 'One' })
  const { id: serviceAccountId } = await createApiUser(root, {
    ...at,
    name: 'One',
    role: 'admin',
    scopes: ['data:read'],
    devices: ['one'],
  })
  await createToken(root, { ...at, name: 'One of it', scopes: ['data:read'], serviceAccountId })
  const { id: tokenId } = await createToken(root, { ...at, name: 'One' })
  const { id: ownTokenId } = await createToken(root, { organizationId: null, name: 'One of my own' })
  await sql`insert into invitations (organization_id, email, email_key, role, invited_by, created_at)
    values (${platform.id}, 'one@test.example', 'one@test.example', 'viewer', ${root.actor.userId}, now())`
  await sql`insert into sessions (user_id, created_at, last_seen_at, confirmed_at)
    values (${root.actor.userId}, now(), now(), now())`
  return { ...world, root, lite, serviceAccountId, tokenId, ownTokenId }
}

/** The same with many more of everything, several pages of each list; gives its admin as they are then. */
export async function manyRows(world: Awaited<ReturnType<typeof fewRows>>): Promise<Context> {
  const { sql, platform, root, lite, serviceAccountId, tokenId, context } = world
  const { userId } = root.actor
  await sql`insert into tiers (name, rank, token_limit) select 'O' || n, 2 + n, 5 from generate_series(1, 9) n`
  await sql`insert into scopes (name, description, tier_id, created_at)
    select 'own:' || repeat('o', n), 'O', ${lite}, now() from generate_series(1, 20) n`
  await sql`insert into organizations (kind, parent_id, slug, name, tier_id, suspended_at)
    select 'reseller', ${platform.id}, 'o' || n, 'O ' || n, ${lite}, case when n % 2 = 0 then now() end
    from generate_series(1, ${MANY}::int) n`
  await sql`insert into organizations (kind, parent_id, slug, name, tier_id)
    select 'customer', id, slug || '-below', name || ' below', ${lite} from organizations where slug ~ '^o[0-9]+$'`
  await sql`insert into devices (organization_id, id, name, name_key, created_at)
    select ${platform.id}, 'o' || n, 'O', 'o', now() from generate_series(1, ${MANY}::int) n`
  await sql`insert into users (email, email_key, name)
    select 'o' || n, 'o' || n, 'O ' || n from generate_series(1, ${MANY}::int) n`
  await sql`insert into memberships (user_id, organization_id, role, devices)
    select id, ${platform.id}, 'viewer', '{one}' from users where email ~ '^o[0-9]+$'`
  await sql`insert into memberships (user_id, organization_id, role)
    select ${userId}, id, 'admin' from organizations where slug ~ '^o[0-9]+$'`
  await sql`insert into service_accounts (organization_id, name, name_key, role, scopes, devices)
    select ${platform.id}, 'O ' || n, 'o ' || n, 'member', '{data:read}', '{one}' from generate_series(1, ${MANY}::int) n`
  await sql`insert into tokens (id, kind, organization_id, service_account_id, user_id, name, name_key, scopes, created_at,
      updated_at, last_used_at)
    select left(md5(kind || n), 16), kind::token_kind, case when kind <> 'personal' then ${platform.id}::uuid end,
      case when kind = 'service' then ${serviceAccountId}::uuid end, case when kind = 'personal' then ${userId}::uuid end,
      'O ' || n, 'o ' || n, '{data:read,own:one}', now(), now(), now()
    from generate_series(1, ${MANY}::int) n cross join unnest(array['organization', 'service', 'personal']) kind`
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, last_used_at)
    select left(md5(slug), 16), 'organization', id, 'O', 'o', '{data:read}', now(), now(), now()
    from organizations where slug ~ '^o[0-9]+'`
  await sql`insert into invitations (organization_id, email, email_key, role, invited_by, created_at)
    select ${platform.id}, 'i' || n, 'i' || n, 'viewer', ${userId}, now() from generate_series(1, ${MANY}::int) n`
  await sql`insert into sessions (user_id, created_at, last_seen_at, confirmed_at)
    select ${userId}, now(), now(), now() from generate_series(1, ${MANY}::int) n`
  await sql`insert into audit_events (at, action, organization_id, actor_user_id, actor_name, target_type, target_id, target_name)
    select now(), 'token.edited', ${platform.id}, ${userId}, 'O', 'token', ${tokenId}, 'One'
    from generate_series(1, ${MANY}::int) n`
  const memberships = await sql<{ organizationId: string; role: 'admin' }[]>`
    select organization_id as "organizationId", role from memberships where user_id = ${userId}`
  return context({ ...root.actor, memberships: [...memberships] })
}
