import { expect, onTestFinished, test } from 'vitest'
import { findTokenFacts } from '#db/queries/verification'
import { openVerificationDatabase, type VerificationDatabase } from '#db/verification-client'
import { VERIFIER_ROLE } from '#db/verifier-role'
import type { Place } from '#lib/verification/decide'
import { type KnownToken, tokenFrom } from '#lib/verification/facts'
import { openMemory } from '#lib/verification/memory'
import { heardOf } from '#lib/verification/testing/opened'
import { openWorld } from '#lib/verification/testing/world'

const ASKING = { address: null, anew: false }

type Behind = (database: VerificationDatabase) => VerificationDatabase

async function remembering(entriesAtMost = 1_000, behind?: Behind) {
  const world = await openWorld()
  return { ...world, ...(await beside(world.url, entriesAtMost, behind)) }
}

/** One more verifier's memory on a database. */
async function beside(databaseUrl: string, entriesAtMost: number, behind: Behind = (itself) => itself) {
  const database = openVerificationDatabase(databaseUrl, { connections: 2, role: VERIFIER_ROLE })
  const memory = openMemory({
    ...{ databaseUrl, role: VERIFIER_ROLE, name: 'of the test', database: behind(database) },
    ...{ entriesAtMost, remembers: true },
  })
  onTestFinished(async () => {
    await memory.close()
    await database.close()
  })
  await memory.heard
  const found = async (id: string) => await memory.lookUps.token(id, ASKING, () => true)
  return { memory, found }
}

// Everything that a verdict can turn on, changed past all rules of ours.
const CHANGES = {
  'tokens.name': (id: string) => ['update tokens set name = name || $1 where id = $2', ['x', id]],
  'tokens.scopes': (id: string) => ["update tokens set scopes = '{tokens:read}' where id = $1", [id]],
  'tokens.devices': (id: string) => ["update tokens set devices = '{1}' where id = $1", [id]],
  'tokens.ip_ranges': (id: string) => ["update tokens set ip_ranges = '{192.0.2.0/24}' where id = $1", [id]],
  'tokens.expires_at': (id: string) => ["update tokens set expires_at = '2030-01-01' where id = $1", [id]],
  'tokens.revoked_at': (id: string) => ['update tokens set revoked_at = now() where id = $1', [id]],
  'token_secrets.retires_at': (id: string) => [
    "update token_secrets set state = 'retiring', retires_at = '2030-01-01' where token_id = $1",
    [id],
  ],
  'token_secrets.digest': (id: string) => [
    "update token_secrets set digest = sha256('other') where token_id = $1",
    [id],
  ],
  'token_secrets.minted_at': (id: string) => [
    "update token_secrets set minted_at = '2020-01-01' where token_id = $1",
    [id],
  ],
  'token_secrets, gone': (id: string) => ['delete from token_secrets where token_id = $1', [id]],
} satisfies Record<string, (id: string) => [string, string[]]>

const OWNERS = [
  "update service_accounts set role = 'viewer'",
  "update service_accounts set scopes = '{data:read}'",
  "update service_accounts set devices = '{1}'",
  'update service_accounts set disabled_at = now()',
  "update memberships set role = 'viewer'",
  "update memberships set devices = '{2}'",
  "delete from memberships where organization_id = (select id from organizations where slug = 'alder')",
  "insert into memberships (user_id, organization_id, role) select id, (select id from organizations where slug = 'cedar'), 'member' from users",
  "insert into scopes (name, description, created_at) values ('own:new', 'x', now())",
  "update scopes set tier_id = (select id from tiers where name = 'Advanced')",
  "update tiers set name = 'Light' where name = 'Lite'",
  "update tiers set rank = 7 where name = 'Light'",
  'delete from scopes',
  "update organizations set tier_id = (select id from tiers where name = 'Light') where slug = 'northwind'",
  "update organizations set name = 'Erle' where slug = 'alder'",
  "update organizations set suspended_at = now() where slug = 'northwind'",
  "update organizations set suspended_at = null where slug = 'northwind'",
  "update organizations set closed_at = now() where slug in ('northwind', 'alder', 'birch')",
]

test('whatever a verdict turns on: once a change is heard of, memory tells the same as the database', async () => {
  const { memory, found, ready, addUser, addApiUser, sql, organizations: at } = await remembering()
  const user = await addUser({ [at.alder]: 'admin', [at.birch]: 'member' })
  const apiUser = await addApiUser(at.alder, 'admin', ['data:read', 'tokens:read'])
  const kinds = [
    { organizationId: at.alder },
    { organizationId: at.alder, serviceAccountId: apiUser },
    { userId: user },
  ]
  const many = await Promise.all(
    Object.keys(CHANGES).flatMap((what) => kinds.map(async (kind) => ({ what, ...(await ready(kind)) }))),
  )
  const inDatabase = async (id: string) => tokenFrom(await findTokenFacts(sql, id))
  const told = async (id: string) => {
    const known = await found(id)
    return known && { facts: known.facts, secrets: known.secrets, expiresAt: known.expiresAt, owner: known.owner }
  }
  const compare = async (after: string) => {
    const { misses } = memory.state()
    let differing = 0
    for (const { id } of many) {
      const before = shown.get(id)
      const [now, expected] = [await told(id), await inDatabase(id)]
      expect(plain(now), `${after}: ${id}`).toEqual(plain(expected))
      const text = JSON.stringify(expected)
      if (before !== undefined && before !== text) differing++
      shown.set(id, text)
    }
    return { differing, reread: memory.state().misses - misses }
  }
  const shown = new Map<string, string>()
  await compare('at first')
  expect(await compare('nothing')).toEqual({ differing: 0, reread: 0 })
  for (const { what, id } of many) {
    const [text, values] = CHANGES[what as keyof typeof CHANGES](id)
    await sql.unsafe(text, values)
  }
  await heardOf(sql)
  expect((await compare('tokens')).differing).toBe(many.length)
  for (const text of OWNERS) {
    await sql.unsafe(text)
    await heardOf(sql)
    expect((await compare(text)).differing, text).toBeGreaterThan(0)
  }
  await sql`delete from token_secrets`
  await sql`update tokens set deleted_at = now() where id = ${many[0]?.id ?? ''}`
  await heardOf(sql)
  expect(await found(many[0]?.id ?? '')).toBeNull()
}, 60_000)

// The facts alone: neither when they were asked for, nor in which order the rows came.
const plain = (known: KnownToken | null) =>
  JSON.parse(
    JSON.stringify(known, (key, value) => {
      if (key === 'memberships')
        return value.toSorted((a: { place: Place }, b: { place: Place }) => a.place.id.localeCompare(b.place.id))
      return key === 'askedAt' || key === 'isStale' ? undefined : value
    }),
  )

test('a change is told of whatever else happens to what it concerns, and however it is made', async () => {
  const { found, memory, ready, addUser, sql, organizations: at } = await remembering()
  const known = async (id: string) => (await found(id))?.facts
  const revoked = await ready({ organizationId: at.alder })
  // While its organization is closed, and told by a commit that comes after that of the opening.
  await sql`update organizations set closed_at = now() where slug = 'alder'`
  await heardOf(sql)
  await sql.begin(async (tx) => {
    await tx`update tokens set revoked_at = now() where id = ${revoked.id}`
    await sql`update organizations set closed_at = null where slug = 'alder'`
    await heardOf(sql)
    expect(await known(revoked.id)).toMatchObject({ revoked: false })
  })
  await heardOf(sql)
  expect(await known(revoked.id)).toMatchObject({ revoked: true })

  const [owner, other] = [await addUser({ [at.alder]: 'admin' }), await addUser({})]
  const personal = await ready({ userId: owner })
  expect(await known(personal.id)).toMatchObject({ memberships: [{ role: 'admin' }] })
  await sql`update memberships set user_id = ${other} where user_id = ${owner}`
  await heardOf(sql)
  expect(await known(personal.id)).toMatchObject({ memberships: [] })

  const muted = await ready({ organizationId: at.birch })
  expect(await known(muted.id)).toMatchObject({ revoked: false })
  const session = await sql.reserve()
  await session`select set_config('tokenry.told', '52', false)`
  await session`update tokens set revoked_at = now() where id = ${muted.id}`
  session.release()
  await heardOf(sql)
  expect(await known(muted.id)).toMatchObject({ revoked: true })

  const place = async (reference: string) => (await memory.lookUps.place(reference, ASKING))?.id
  expect([await place('alder'), await place('birch'), await place('erle')]).toEqual([at.alder, at.birch, undefined])
  await sql`update organizations set slug = 'erle' where slug = 'alder'`
  await sql`update organizations set slug = 'alder' where slug = 'birch'`
  await heardOf(sql)
  expect([await place('erle'), await place(at.birch)]).toEqual([at.alder, at.birch])
  expect([await place('alder'), await place('birch')]).toEqual([at.birch, undefined])

  const emptied = await ready({ organizationId: at.cedar })
  expect((await found(emptied.id))?.secrets).toHaveLength(1)
  await sql`truncate token_secrets`
  await heardOf(sql)
  expect((await found(emptied.id))?.secrets).toHaveLength(0)
})

test('what was read before a change was heard of is read again, however late it comes', async () => {
  const gate = Promise.withResolvers<void>()
  let asked = 0
  const {
    memory,
    found,
    ready,
    sql,
    organizations: at,
  } = await remembering(1_000, (database) => ({
    ...database,
    async ask(query) {
      const rows = await database.ask(query)
      if (asked++ === 0) await gate.promise
      return rows
    },
  }))
  const { id } = await ready({ organizationId: at.alder })
  const finding = found(id)
  await expect.poll(() => asked).toBe(1)
  await sql`update tokens set revoked_at = now() where id = ${id}`
  await heardOf(sql)
  gate.resolve()
  expect((await finding)?.facts.revoked).toBe(true)
  expect((await found(id))?.facts.revoked).toBe(true)
  expect(memory.state()).toMatchObject({ hits: 1, misses: 1, entries: 1 })
})

test('once three verifiers have acknowledged a revocation none of them finds its token good, whatever they read meanwhile', async () => {
  // So few entries that most look-ups are reads.
  const first = await remembering(20)
  const { sql, ready, organizations: at } = first
  const all = [first, await beside(first.url, 20), await beside(first.url, 1_000)]
  const ids = await Promise.all(Array.from({ length: 60 }, async () => (await ready({ organizationId: at.alder })).id))
  const acknowledged = new Set<string>()
  const wrong: string[] = []
  let [good, done] = [0, false]
  const looking = all.flatMap(({ memory: { lookUps } }) =>
    Array.from({ length: 4 }, async () => {
      while (!done) {
        const id = ids[Math.floor(Math.random() * ids.length)] ?? ''
        const known = await lookUps.token(id, ASKING, () => true)
        if (known === null || known.facts.revoked || !lookUps.areCurrent(known, null, null)) continue
        good++
        if (acknowledged.has(id)) wrong.push(id)
        // As between two requests.
        await new Promise(setImmediate)
      }
    }),
  )
  for (const id of ids.slice(10)) {
    const revocation = await sql.begin(async (tx) => {
      await tx`update tokens set revoked_at = now() where id = ${id}`
      const [told] = await tx`
        with told as (insert into revocations (token_id, at) values (${id}, clock_timestamp()) returning id)
        select id, pg_notify('tokenry_facts', 'r:' || id || ':' || ${id}) from told`
      return told?.['id']
    })
    const acks = () => sql`select from revocation_acknowledgements where revocation_id = ${revocation}`
    await expect.poll(acks, { timeout: 5_000, interval: 2 }).toHaveLength(3)
    acknowledged.add(id)
  }
  done = true
  await Promise.all(looking)
  expect(wrong).toEqual([])
  expect(good).toBeGreaterThan(1_000)
}, 60_000)
