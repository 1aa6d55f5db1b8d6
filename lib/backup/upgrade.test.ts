import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { migrate } from '#db/migrate'
import { releaseDatabase } from '#db/testing/release'
import { testDatabase } from '#db/testing/test-database'
import { resumeSession } from '#lib/accounts/session'
import { signIn } from '#lib/accounts/sign-in'
import type { Role } from '#lib/authorization'
import { openOrganization } from '#lib/organizations/load'
import { homeOf } from '#lib/tokens/home'
import { listTokens } from '#lib/tokens/list'
import { revealToken } from '#lib/tokens/reveal'
import { loadTokenSearch } from '#lib/tokens/search'
import { secretString } from '#lib/tokens/secret'
import { client, serveVerifier } from '#lib/verification/testing/http'

const FROM = { ip: '192.0.2.9', userAgent: 'test' }
type Release = Awaited<ReturnType<typeof releaseDatabase>>

/** The first release's sample data, brought forward as a server does at its start, a minute after it was made. */
async function upgraded() {
  const release = await releaseDatabase('0.1.0')
  const before = await allRows(release)
  await migrate(release.url)
  const clock = () => new Date(release.madeAt.getTime() + 60_000)
  const member = async (email: string, slug: string, role: Role) => {
    const [row] = await release.sql<{ userId: string; organizationId: string }[]>`
      select u.id as "userId", o.id as "organizationId" from users u, organizations o
      where u.email = ${email} and o.slug = ${slug}`
    if (row === undefined) throw new Error(`the release has no ${email} in ${slug}`)
    const memberships = [{ organizationId: row.organizationId, role }]
    return {
      db: release.db,
      clock,
      prefix: 'tok',
      sealKeys: [],
      actor: { userId: row.userId, email, memberships, confirmedAt: null, ...FROM },
    }
  }
  const idOf = async (name: string, slug: string) => {
    const [row] = await release.sql<{ id: string }[]>`
      select t.id from tokens t join organizations o on o.id = t.organization_id where t.name = ${name} and o.slug = ${slug}`
    return row?.id ?? ''
  }
  return { ...release, before, clock, member, idOf }
}

/** Every row of every table of Tokenry's, by table. */
async function allRows({ sql }: Pick<Release, 'sql'>): Promise<Map<string, Record<string, unknown>[]>> {
  const tables = await sql<{ name: string }[]>`select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`
  const rows = tables.map(async ({ name }) => {
    const found = await sql<
      { row: Record<string, unknown> }[]
    >`select to_jsonb(t) as row from ${sql(name)} t order by t::text`
    return [name, found.map(({ row }) => row)] as const
  })
  return new Map(await Promise.all(rows))
}

// Not narrowed to devices is null since narrowed to none can be told from it.
const renamed = (table: string, row: Record<string, unknown>) => (table === 'tokens' ? { ...row, devices: null } : row)

test('an upgrade from the first release keeps every row as it was', async () => {
  const { before, ...release } = await upgraded()
  const after = await allRows(release)
  expect(before.get('tokens')).toHaveLength(16)
  for (const [table, rows] of before) {
    const now = after.get(table) ?? []
    for (const row of rows) expect(now, table).toContainEqual(expect.objectContaining(renamed(table, row)))
  }
})

test('an upgraded database has the schema that a new one has', async () => {
  const schemaOf = async ({ sql }: Pick<Release, 'sql'>) => ({
    columns: [
      ...(await sql`select table_name, column_name, data_type, column_default, is_nullable, is_identity, generation_expression
      from information_schema.columns where table_schema = 'public' order by 1, 2`),
    ],
    constraints: [
      ...(await sql`select conname, pg_get_constraintdef(oid) as definition from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2`),
    ],
    indexes: [...(await sql`select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`)],
    triggers: [
      ...(await sql`select tgname, pg_get_triggerdef(oid) as definition from pg_trigger where not tgisinternal order by 1`),
    ],
    functions: [
      ...(await sql`select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1`),
    ],
    migrations: [...(await sql`select hash, created_at from drizzle.__drizzle_migrations order by id`)],
  })
  expect(await schemaOf(await upgraded())).toEqual(await schemaOf(await testDatabase()))
})

test('secrets of the first release verify after the upgrade', async () => {
  const { url, clock, secrets } = await upgraded()
  const { verify } = client(await serveVerifier(url, { clock }), secretString(secrets.Gateway))
  expect(await verify(secrets.Known)).toMatchObject({ active: true, name: 'Known', scope: 'data:read reports:read' })
})

test('people of the first release sign in with their passwords, and stay signed in', async () => {
  const { db, clock, sessionId } = await upgraded()
  const tried = (password: string) => signIn({ db, clock, ...FROM }, { email: 'owner@demo.example', password })
  expect(await tried('tokenry-demo')).not.toBeNull()
  expect(await tried('tokenry-dem0')).toBeNull()
  expect(await resumeSession({ db, clock }, sessionId)).toMatchObject({ email: 'owner@demo.example' })
})

test('a token that the first release did not reveal is revealed after the upgrade, and verifies', async () => {
  const { url, clock, secrets, member, idOf } = await upgraded()
  const owner = await member('owner@demo.example', 'alder', 'admin')
  const key = randomBytes(16).toString('base64url')
  const { secret } = await revealToken(owner, { tokenId: await idOf('Default', 'alder'), key })
  const { verify } = client(await serveVerifier(url, { clock }), secretString(secrets.Gateway))
  expect(await verify(secret)).toMatchObject({ active: true, name: 'Default' })
})

test('a reveal that the upgrade came in between gives the same secret for the same key', async () => {
  const { secrets, revealKey, member, idOf } = await upgraded()
  const admin = await member('admin@demo.example', 'platform', 'admin')
  const again = await revealToken(admin, { tokenId: await idOf('Gateway', 'platform'), key: revealKey })
  expect(again.secret.reveal()).toBe(secrets.Gateway)
})

test('the list shows the tokens of the first release', async () => {
  const { db, member } = await upgraded()
  const owner = await member('owner@demo.example', 'alder', 'admin')
  const page = await listTokens(owner, homeOf(await openOrganization(db, owner.actor, 'alder')), loadTokenSearch({}))
  expect(page.tokens.map(({ name, status }) => `${name}: ${status}`).toSorted()).toEqual([
    'Default: active',
    'Grafana import: revoked',
    'Known: active',
    'Metering gateway: active',
    'Nightly backup: expired',
  ])
})
