import { randomBytes, randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'
import { ACCOUNT_ACTIONS } from './support/actions/accounts'
import { CUSTOMER_ACTIONS } from './support/actions/customers'
import { INVITATION_ACTIONS } from './support/actions/invitations'
import { PEOPLE_ACTIONS } from './support/actions/people'
import { REPORT_ACTIONS } from './support/actions/reports'
import { type ActionRow, TOKENS_PAGE } from './support/actions/row'
import { SETTINGS_ACTIONS } from './support/actions/settings'
import { TOKEN_ACTIONS } from './support/actions/tokens'
import { DEMO_PASSWORD } from './support/organization'
import { type Answered, cookieOf, digestOfDatabase, postAction } from './support/post-action'
import { actionsOfBuild } from './support/routes'
import { ofThisRun } from './support/run'
import { startServer } from './support/start-server'
import { expect, test } from './support/test'

const UNKNOWN = '0000000000000000'

type World = Awaited<ReturnType<typeof openWorld>>

/** Every server action; a new one without a row fails the first test. */
const ACTIONS: Readonly<Record<string, ActionRow>> = {
  ...ACCOUNT_ACTIONS,
  ...CUSTOMER_ACTIONS,
  ...INVITATION_ACTIONS,
  ...PEOPLE_ACTIONS,
  ...SETTINGS_ACTIONS,
  ...REPORT_ACTIONS,
  ...TOKEN_ACTIONS,
}

const WRONG: readonly unknown[] = [null, 5, ['x'], { toString: 'x' }, '', '\0', '\ud800', 'x'.repeat(501)]

/** The server with its sample data, of this file alone: nothing else changes its database. */
async function openWorld(resources: AsyncDisposableStack) {
  const admin = ofThisRun('E2E_DATABASE_URL')
  const name = `hostile_${randomBytes(6).toString('hex')}`
  await createDatabase(admin, name)
  resources.defer(() => dropDatabase(admin, name))
  const url = withDatabase(admin, name)
  // Not noted: here keys and passwords are sent where they do not belong, on purpose.
  const server = await startServer({ name: 'hostile-server', database: { url }, demo: true, noted: false })
  resources.defer(() => server.stop())
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  resources.defer(() => sql.end())
  const as = async (who: string) => cookieOf(server.url, `${who}@demo.example`, DEMO_PASSWORD)
  const one = async (query: Promise<readonly postgres.Row[]>) => String((await query)[0]?.['id'])
  const owner = await as('owner')
  const ids = await actionsOfBuild()
  return {
    url: server.url,
    sql,
    as,
    owner,
    output: server.output,
    alder: await one(sql`select id from organizations where slug = 'alder'`),
    token: await one(sql`select t.id from tokens t join organizations o on o.id = t.organization_id
      where o.slug = 'alder' and t.name = 'Default'`),
    foreign: await one(sql`select t.id from tokens t join organizations o on o.id = t.organization_id
      where o.slug = 'cedar' and t.name = 'Default'`),
    member: await one(sql`select id from users where email = 'user@demo.example'`),
    apiUser: await one(sql`insert into service_accounts (organization_id, name, name_key, role, scopes)
      select id, 'Loader', 'loader', 'viewer', '{data:read}' from organizations where slug = 'alder' returning id`),
    device: await one(sql`insert into devices (organization_id, id, name, name_key, created_at)
      select id, 'meter-1', 'Meter', 'meter', now() from organizations where slug = 'alder' returning id`),
    report: await one(sql`insert into reports
      (organization_id, requested_by, format, since, until, time_zone, created_at, state, finished_at)
      select o.id, u.id, 'pdf', now() - interval '1 day', now(), 'UTC', now(), 'failed', now()
      from organizations o, users u where o.slug = 'alder' and u.email = 'owner@demo.example' returning id`),
    session: await one(sql`select s.id from sessions s join users u on u.id = s.user_id
      where u.email = 'owner@demo.example'`),
    post: (action: string, body: Parameters<typeof postAction>[2], headers?: Parameters<typeof postAction>[3]) =>
      postAction(
        server.url,
        { id: ids.get(action) ?? action, page: ACTIONS[action]?.page ?? TOKENS_PAGE, cookie: owner },
        body,
        headers,
      ),
  }
}

const codeOf = ({ status, result }: Answered) => (result === null ? status : result.ok ? 'ok' : result.code)
const json = (...list: unknown[]) => JSON.stringify(list)

/** Does it, and sees to it that nothing in the database is another than before. */
async function changingNothing(world: World, what: () => Promise<void>): Promise<void> {
  const before = await digestOfDatabase(world.sql)
  await what()
  expect(await digestOfDatabase(world.sql), 'the database is as it was').toBe(before)
}

test('every server action of the build has its row here', async () => {
  expect(Object.keys(ACTIONS).toSorted()).toEqual([...(await actionsOfBuild()).keys()].toSorted())
})

test('whatever an action is sent, by whomever, is refused where it must be and changes nothing then', async () => {
  test.setTimeout(180_000)
  await using resources = new AsyncDisposableStack()
  const world = await openWorld(resources)
  const { post, url, token, foreign } = world
  const rows = Object.entries(ACTIONS).map(([name, action]) => ({
    name,
    action,
    input: action.input?.(world) ?? null,
  }))

  await test.step('input of another form is told as such, beside the field', () =>
    changingNothing(world, async () => {
      for (const { name, action, input } of rows) {
        const { optional = [], mayBe = {} } = action
        const tries: [string, string, string?][] = [
          [name, json(5)],
          [name, json('x')],
          [name, json([input])],
          [name, json('$undefined')],
          [name, json(input === null ? {} : null)],
        ]
        if (input !== null) {
          tries.push([name, json({ ...input, extra: 1 })], [name, json({ ...input, constructor: { prototype: {} } })])
          tries.push([name, json({})])
        }
        for (const field of Object.keys(input ?? {})) {
          const { [field]: _, ...without } = input ?? {}
          if (!optional.includes(field)) tries.push([name, json(without), field])
          const allowed = (mayBe[field] ?? []).map((value) => JSON.stringify(value))
          for (const value of WRONG.filter((each) => !allowed.includes(JSON.stringify(each))))
            if (JSON.stringify(value) !== JSON.stringify(input?.[field]))
              tries.push([name, json({ ...input, [field]: value }), field])
        }
        const answers = await Promise.all(tries.map(([, body]) => post(name, body)))
        answers.forEach(({ status, result }, index) => {
          const [, body = '', field] = tries[index] ?? []
          expect([status, result], `${name} ${body.slice(0, 200)}`).toMatchObject([200, { ok: false, code: 'invalid' }])
          if (field !== undefined && result?.ok === false)
            expect(Object.keys(result.fields), `${name} ${body.slice(0, 200)}`).toContain(field)
        })
      }
    }))

  await test.step('what is no single argument in plain JSON is not even read', () =>
    changingNothing(world, async () => {
      const input = { tokenId: token }
      const bodies = ['', 'x', '{}', '[]', json(input, input), `\ufeff${json(input)}`, '['.repeat(30_000)]
      const notation = ['$F1', '$B1', '$T', '$K1', '$Q1', '$W1', '$1', '$0', '$@1', '$n1', '$1:__proto__:x', '$D2026']
      const within = notation.flatMap((each) => [
        json(each),
        json({ tokenId: each }),
        json({ tokenId: token, reason: each }),
      ])
      for (const body of [...bodies, ...within]) expect((await post('revokeToken', body)).status, body).toBe(400)
      expect((await post('revokeToken', Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d))).status).toBe(400)
      expect((await post('revokeToken', json('x'.repeat(64 * 1024)))).status).toBe(413)
      expect(codeOf(await post('revokeToken', json('x'.repeat(64 * 1024 - 4))))).toBe('invalid')
    }))

  await test.step('no action runs but for a script on a page of this server', () =>
    changingNothing(world, async () => {
      for (const { name, input } of rows) {
        const body = json(input)
        const { host } = new URL(url)
        const asked: [Promise<Answered>, number][] = [
          [post(name, body, { origin: 'https://evil.test' }), 403],
          [post(name, body, { origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' }), 403],
          [post(name, body, { origin: `${url}0` }), 403],
          [post(name, body, { origin: `http://${host}@evil.test` }), 403],
          [post(name, body, { origin: 'null' }), 403],
          [post(name, body, { origin: null }), 403],
          [post(name, formOf({ 0: body }), { 'content-type': null }), 415],
          [post(name, `0=${encodeURIComponent(body)}`, { 'content-type': 'application/x-www-form-urlencoded' }), 415],
        ]
        for (const [answer, status] of asked) expect((await answer).status, name).toBe(status)
      }
      const ids = await actionsOfBuild()
      const id = ids.get('editProfile')
      const bound = {
        $ACTION_REF_1: '',
        '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }),
        '$ACTION_1:1': json({ name: 'Taken over' }),
      }
      for (const form of [formOf(bound), formOf({ [`$ACTION_ID_${id}`]: '' }), formOf({ $ACTION_KEY: 'k' })])
        expect((await post('editProfile', form, { 'next-action': null, 'content-type': null })).status).toBe(405)
      const encoded = { 'next-action': null, 'content-type': 'application/x-www-form-urlencoded' }
      expect((await post('editProfile', `$ACTION_ID_${id}=`, encoded)).status).toBe(405)
      for (const older of [`7f${'0'.repeat(40)}`, '__proto__', 'x'])
        expect([400, 404, 409]).toContain((await post(older, json({ tokenId: token }))).status)
    }))

  await test.step('nobody, and nobody who was signed out meanwhile, is told more than that', async () => {
    const ended = await world.as('owner')
    await world.sql`delete from sessions where id <> ${world.session}`
    await changingNothing(world, async () => {
      for (const { name, action, input } of rows.filter((row) => row.action.open === undefined))
        for (const cookie of ['', ended, 'authjs.session-token=eyJhbGciOiJkaXIifQ..x'])
          for (const given of [input, { wrong: 1 }])
            expect(codeOf(await post(name, json(given), { cookie })), action.page).toBe('unauthenticated')
    })
  })

  const viewer = await world.as('viewer')
  const stranger = await world.as('cedar')

  await test.step("another tenant's is answered as what there is not", () =>
    changingNothing(world, async () => {
      const naming = rows.filter(({ input }) => input !== null && 'tokenId' in input)
      expect(naming.length).toBeGreaterThan(7)
      for (const { name, input } of naming) {
        const theirs = await post(name, json({ ...input, tokenId: foreign }))
        const nobodys = await post(name, json({ ...input, tokenId: UNKNOWN }))
        expect([codeOf(theirs), theirs.status], name).toEqual(['not_found', 200])
        expect(theirs.result, name).toEqual(nobodys.result)
        expect(codeOf(await post(name, json(input), { cookie: viewer })), name).toBe('forbidden')
        expect(codeOf(await post(name, json(input), { cookie: stranger })), name).toBe('not_found')
      }
      for (const name of ['revokeTokens', 'deleteTokens']) {
        const unknown = Array.from({ length: 99 }, () => randomBytes(8).toString('hex'))
        const { result } = await post(name, json({ tokenIds: [foreign, ...unknown] }))
        const outcomes = result?.ok ? JSON.stringify(result.data) : ''
        expect(outcomes.split('"not_found"'), name).toHaveLength(101)
        const many = [...unknown, token, randomBytes(8).toString('hex')]
        expect(codeOf(await post(name, json({ tokenIds: many }))), name).toBe('invalid')
      }
      const made = rows.find(({ name }) => name === 'createToken')?.input
      for (const organizationId of [world.alder, randomUUID()])
        expect(codeOf(await post('createToken', json({ ...made, organizationId }), { cookie: stranger }))).toBe(
          'not_found',
        )
      expect(codeOf(await post('createToken', json(made), { cookie: viewer }))).toBe('forbidden')
      for (const [cookie, sessionId] of [
        [viewer, world.session],
        [viewer, randomUUID()],
      ] as const)
        expect(codeOf(await post('endSession', json({ sessionId }), { cookie }))).toBe('not_found')
    }))

  await test.step('members, API users and devices are for admins alone, and each in its own organization', () =>
    changingNothing(world, async () => {
      const elsewhere = String((await world.sql`select id from organizations where slug = 'cedar'`)[0]?.['id'])
      for (const { name, input } of rows.filter((row) => row.name in PEOPLE_ACTIONS)) {
        expect(codeOf(await post(name, json(input), { cookie: viewer })), name).toBe('forbidden')
        expect(codeOf(await post(name, json(input), { cookie: stranger })), name).toBe('not_found')
        expect(codeOf(await post(name, json({ ...input, organizationId: elsewhere }))), name).toBe('not_found')
        const theirs = { ...input, organizationId: elsewhere }
        if (name !== 'createApiUser' && name !== 'registerDevice')
          expect(codeOf(await post(name, json(theirs), { cookie: stranger })), name).toBe('not_found')
      }
    }))

  const admin = await world.as('admin')
  const platform = String((await world.sql`select id from organizations where slug = 'platform'`)[0]?.['id'])
  const create = (more: object) => post('createToken', json({ organizationId: platform, ...more }), { cookie: admin })

  await test.step('dates that are none, or gone, are refused beside the field', () =>
    changingNothing(world, async () => {
      for (const at of [
        '+010000-01-01T00:00:00Z',
        '10000-01-01T00:00:00Z',
        '9999-12-31T23:59:59Z',
        '2027-06-30T23:59:60Z',
        '2027-02-29T00:00:00Z',
        '2027-01-01',
        '2027-01-01T00:00:00',
        '2027-01-01T00:00:00+25:00',
        'tomorrow',
        '0000-01-01T00:00:00Z',
        '2020-01-01T00:00:00Z',
        '2020-01-01T00:00:00+14:00',
      ]) {
        const { result } = await create({ name: 'Dated', expiration: { kind: 'custom', at } })
        expect(result, at).toMatchObject({ ok: false, fields: { expiration: expect.any(String) } })
      }
    }))

  await test.step('names that hide something are refused beside the field, all others are shown as they are', async () => {
    await changingNothing(world, async () => {
      for (const name of REFUSED_NAMES) {
        const { result } = await create({ name })
        expect(result, JSON.stringify(name)).toMatchObject({
          ok: false,
          code: 'invalid',
          fields: { name: expect.any(String) },
        })
      }
    })
    for (const name of ALLOWED_NAMES) expect(codeOf(await create({ name })), name).toBe('ok')
    const page = await fetch(`${url}/o/platform/tokens?sort=-created`, { headers: { cookie: admin } })
    const html = await page.text()
    for (const name of ALLOWED_NAMES)
      expect(html).toMatch(new RegExp(`<bdi[^>]*>${name.normalize('NFC').trim()}<`, 'u'))
  })

  await test.step('a reveal key opens once, for one person, for one token, until Done', async () => {
    const key = randomBytes(16).toString('base64url')
    const member = await world.as('user')
    const open = (tokenId: string, cookie: string, action = 'revealToken') =>
      post(action, json({ tokenId, key }), { cookie })
    expect(codeOf(await open(token, member))).toBe('ok')
    await changingNothing(world, async () => {
      for (const action of ['revealToken', 'copyToken']) {
        expect(codeOf(await open(token, world.owner, action))).toBe('already_revealed')
        expect(codeOf(await open(token, stranger, action))).toBe('not_found')
        expect(codeOf(await open(foreign, world.owner, action))).toBe('not_found')
      }
      const other = randomBytes(16).toString('base64url')
      expect(codeOf(await post('revealToken', json({ tokenId: token, key: other }), { cookie: member }))).toBe(
        'already_revealed',
      )
    })
    await world.sql`update token_secrets set reveal_until = now() - interval '1 second' where token_id = ${token}`
    expect(codeOf(await open(token, member))).toBe('already_revealed')
    await world.sql`update token_secrets set reveal_until = now() + interval '9 minutes' where token_id = ${token}`
    expect(codeOf(await post('finishReveal', json({ tokenId: token }), { cookie: member }))).toBe('ok')
    expect(codeOf(await open(token, member))).toBe('already_revealed')
  })

  expect(codeOf(await post('revokeToken', json({ tokenId: token })))).toBe('ok')
  expect(world.output()).not.toMatch(/"msg":"action failed unexpectedly"|⨯/)
})

const formOf = (fields: Readonly<Record<string, string>>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

const ALLOWED_NAMES = [
  '👩‍👩‍👧‍👦 family',
  'می‌خواهم',
  'عدادات المياه',
  'מונה 7',
  'क्ष',
  '𝒳'.repeat(100),
  '  Zu\u0308rich ',
]

const REFUSED_NAMES = [
  'a\u202eb',
  'a\u2066b',
  'a\u{e0041}b',
  '\ufeffa',
  'a\0b',
  'a\ud800b',
  'a\udc00b',
  'a\nb',
  'a\u0085b',
  'a\u2028b',
  '\u200d\u200c',
  '\u3164',
  '\u00ad',
  ' \u00a0\u2003 ',
  'a'.repeat(101),
  '𝒳'.repeat(101),
]
