import { expect, test } from 'vitest'
import { addUses } from '#db/queries/usage-add'
import { openApi } from '#lib/api/testing/api'
import { NOW, testWorld } from '#lib/testing/world'

const AT = '/api/v1/usage'
const DAYS = 'from=2026-11-01&to=2026-11-11'

async function usedWorld() {
  const world = await testWorld()
  const { alder, northwind, person, organization, tier, sql } = world
  const api = openApi(world)
  const admin = await person(alder, 'admin')
  const birch = await organization('Birch', northwind, 'customer', await tier('Lite'))
  const scopes = ['data:read']
  const own = await api.token(admin, { organizationId: alder.id, name: 'Own', scopes })
  const hour = Math.floor(Date.parse('2026-11-02T10:00:00Z') / 3_600_000)
  const uses = [0, 1, 24, 25, 48].map((after) => ({ tokenId: own.id, organizationId: alder.id, hour: hour + after }))
  const nothing = { resources: [], addresses: [], userAgents: [] }
  await sql.begin((tx) =>
    addUses(tx, {
      ...nothing,
      hours: uses.flatMap((use) => [
        { ...use, outcome: 'active' as const, count: 2 },
        { ...use, outcome: 'expired' as const, count: 1 },
      ]),
      endpoints: uses.map((use) => ({ ...use, value: '/v2/readings', active: 2, refused: 1, userAgent: null })),
    }),
  )
  return { ...world, ...api, admin, birch, own }
}

test('usage is told by day and hour, named by what it is grouped by, for the last 7 days if not asked otherwise', async () => {
  const { call, own, alder } = await usedWorld()
  const { status, json } = await call(own.secret, 'GET', `${AT}?${DAYS}`)
  expect(status).toBe(200)
  expect(json).toEqual({
    organizationId: alder.id,
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-11T00:00:00.000Z',
    interval: 'day',
    groupBy: null,
    data: [
      { start: '2026-11-02T00:00:00.000Z', requests: 6, active: 4, refused: 2 },
      { start: '2026-11-03T00:00:00.000Z', requests: 6, active: 4, refused: 2 },
      { start: '2026-11-04T00:00:00.000Z', requests: 3, active: 2, refused: 1 },
    ],
    nextCursor: null,
  })
  for (const [groupBy, value] of [
    ['token', own.id],
    ['outcome', 'active'],
    ['endpoint', '/v2/readings'],
  ]) {
    const told = await call(own.secret, 'GET', `${AT}?${DAYS}&interval=hour&groupBy=${groupBy}`)
    expect(told.json).toMatchObject({
      groupBy,
      data: { 0: { start: '2026-11-02T10:00:00.000Z', [`${groupBy}`]: value } },
    })
  }
  const lately = await call(own.secret, 'GET', `${AT}?organization=alder`)
  expect([lately.json.from, lately.json.to]).toEqual(['2026-11-15T13:00:00.000Z', '2026-11-22T13:00:00.000Z'])
})

test('pages add up, and a cursor is good for its own question alone', async () => {
  const { call, own, pass } = await usedWorld()
  const ask = `${AT}?${DAYS}&groupBy=outcome`
  const whole = (await call(own.secret, 'GET', ask)).json.data
  const paged: unknown[] = []
  let cursor = ''
  do {
    const { json } = await call(own.secret, 'GET', `${ask}&limit=4${cursor && `&cursor=${cursor}`}`)
    paged.push(...json.data)
    cursor = json.nextCursor ?? ''
    pass(3_600_000)
  } while (cursor !== '')
  expect(paged).toEqual(whole)
  expect(paged).toHaveLength(6)
  const { nextCursor } = (await call(own.secret, 'GET', `${ask}&limit=1`)).json
  const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  const now = NOW.getTime()
  for (const query of [
    `${DAYS}&groupBy=token&cursor=${nextCursor}`,
    `from=2026-11-02&to=2026-11-11&groupBy=outcome&cursor=${nextCursor}`,
    `${DAYS}&groupBy=outcome&cursor=nonsense`,
    `${DAYS}&groupBy=outcome&cursor=${made('x', now, now + 1, now, '\0')}`,
    `${DAYS}&groupBy=outcome&cursor=${made('x', -9e15, 9e15, 0, null)}`,
  ])
    expect(await call(own.secret, 'GET', `${AT}?${query}`), query).toMatchObject({
      ...{ status: 422, json: { code: 'invalid', fields: { cursor: expect.any(String) } } },
    })
})

test('an answer may be kept by its own caller, who is told in short that it still holds', async () => {
  const { call, own, admin, alder, token } = await usedWorld()
  const other = await token(admin, { organizationId: alder.id, name: 'Other', scopes: ['data:read'] })
  const ask = (secret: typeof own.secret, tag?: string) =>
    call(secret, 'GET', `${AT}?${DAYS}`, tag === undefined ? {} : { headers: { 'if-none-match': tag } })
  const first = await ask(own.secret)
  const tag = first.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[\w-]{20,}"$/)
  expect(first.headers.get('cache-control')).toBe('private, no-cache')
  for (const asked of [tag, `"x", W/${tag}`]) {
    const again = await ask(own.secret, asked)
    expect([again.status, again.json, again.headers.get('etag')]).toEqual([304, null, tag])
  }
  const others = await ask(other.secret, tag)
  expect(others).toMatchObject({ status: 200, json: first.json })
  expect(others.headers.get('etag')).not.toBe(tag)
})

test('what cannot be told is refused as a problem, and says why', async () => {
  const { call, own, admin, alder, token, northwind, person } = await usedWorld()
  const refusal = async (secret: typeof own.secret, query: string) => {
    const { status, headers, json } = await call(secret, 'GET', `${AT}?${query}`)
    expect(headers.get('content-type')).toBe('application/problem+json')
    return [status, json.code, ...Object.keys(json.fields ?? {})]
  }
  expect(await refusal(own.secret, 'from=2026-11-11&to=2026-11-01')).toEqual([422, 'invalid', 'from'])
  expect(await refusal(own.secret, 'from=2025-11-01&to=2026-11-03')).toEqual([422, 'invalid', 'to'])
  expect(await refusal(own.secret, 'from=yesterday')).toEqual([422, 'invalid', 'from'])
  expect(await refusal(own.secret, 'groupBy=secret')).toEqual([422, 'invalid', 'groupBy'])
  expect(await refusal(own.secret, 'limit=1001')).toEqual([422, 'invalid', 'limit'])
  for (const name of ['birch', 'northwind', 'platform', 'nowhere'])
    expect(await refusal(own.secret, `organization=${name}`)).toEqual([404, 'not_found'])
  const narrow = await token(admin, { organizationId: alder.id, name: 'Narrow', scopes: ['tokens:read'] })
  expect(await refusal(narrow.secret, DAYS)).toEqual([403, 'insufficient_scope'])
  const above = await token(await person(northwind, 'admin'), {
    ...{ organizationId: northwind.id, name: 'Above', scopes: ['data:read'] },
  })
  for (const groupBy of ['endpoint', 'resource', 'ip', 'userAgent']) {
    const told = await call(above.secret, 'GET', `${AT}?organization=birch&groupBy=${groupBy}`)
    expect(told).toMatchObject({ status: 403, json: { code: 'tier_required' } })
    expect(told.json.detail).toContain('Ask Northwind')
  }
  expect((await call(above.secret, 'GET', `${AT}?organization=birch&groupBy=token`)).status).toBe(200)
})
