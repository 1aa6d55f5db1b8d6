import { expect, test } from 'vitest'
import { alderApi } from '#lib/api/testing/alder'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'
import { rotateToken } from '#lib/tokens/rotate'
import { DAY, MINUTE } from '#lib/tokens/testing/desk'

const CODES = ['idempotency_in_progress', undefined]

test('of a hundred requests at once with one key one makes a token, and the others get it or are told to wait', async () => {
  const { post, sql } = await alderApi()
  const key = newRevealKey()
  const told = await Promise.all(Array.from({ length: 100 }, () => post('', { key, body: { name: 'Once' } })))
  const made = told.filter(({ status }) => status === 201)
  expect(made.length).toBeGreaterThan(0)
  expect(new Set(made.map(({ json }) => json.secret))).toHaveLength(1)
  for (const { status, json } of told) {
    expect([201, 409]).toContain(status)
    expect(CODES).toContain(json.code)
  }
  expect(await sql`select id from tokens where name = 'Once'`).toHaveLength(1)
})

test('the same key with another body or address is refused, and other callers and routes have keys of their own', async () => {
  const { post, call, token, admin, alder, sql } = await alderApi()
  const key = newRevealKey()
  const first = await post('', { key, body: { name: 'First' } })
  expect(first.status).toBe(201)
  for (const body of [{ name: 'Second' }, { name: 'First', scope: 'data:read' }])
    expect(await post('', { key, body })).toMatchObject({
      status: 422,
      json: { code: 'idempotency_key_reused', fields: { 'Idempotency-Key': expect.any(String) } },
    })
  const { id: unrevealed } = await createToken(admin, { organizationId: alder.id, name: 'Unrevealed' })
  expect((await post(`/${unrevealed}/reveal`, { key })).status).toBe(200)
  expect((await post(`/${first.json.tokenId}/reveal`, { key })).json.code).toBe('idempotency_key_reused')
  await sql`update organizations set token_limit_override = 20 where id = ${alder.id}`
  const scopes = ['data:read', 'reports:read', 'tokens:write']
  const other = await token(admin, { organizationId: alder.id, name: 'Other writer', scopes })
  const others = await call(other.secret, 'POST', '/api/v1/tokens', { key, body: { name: 'Others' } })
  expect(others.status).toBe(201)
  expect(others.json.secret).not.toBe(first.json.secret)
})

test('a repetition tells the secret while its reveal is open, and afterwards that it was revealed', async () => {
  const { post, pass, sql } = await alderApi()
  const key = newRevealKey()
  const create = () => post('', { key, body: { name: 'Once' } })
  const first = await create()
  expect(first.json).toMatchObject({ revealed: true, secret: expect.stringMatching(/^tok_org_/) })
  pass(9 * MINUTE)
  expect(await create()).toMatchObject({ status: 201, json: first.json })
  pass(MINUTE)
  const late = await create()
  const { secret: _, ...rest } = first.json
  expect(late).toMatchObject({ status: 201, json: rest })
  expect(late.json).not.toHaveProperty('secret')
  const kept = JSON.stringify(await sql`select answer from idempotency_keys`)
  expect(kept).toContain('Once')
  expect(kept).not.toContain(first.json.secret.slice(-49, -6))
  pass(DAY)
  expect((await create()).json.code).toBe('name_taken')
})

test('a repetition mints nothing, even where a rotation has been asked for since', async () => {
  const { post, admin, alder, pass } = await alderApi()
  const { id } = await createToken(admin, { organizationId: alder.id, name: 'Rotated' })
  const [first, second] = [newRevealKey(), newRevealKey()]
  const told = await post(`/${id}/reveal`, { key: first })
  const rotated = await post(`/${id}/rotate`, { key: second, body: { overlapSeconds: 0 } })
  expect(rotated).toMatchObject({ status: 201, json: { revealed: true, retiring: null } })
  expect(rotated.json.secret).not.toBe(told.json.secret)
  pass(MINUTE)
  expect((await post(`/${id}/reveal`, { key: first })).json).not.toHaveProperty('secret')
  expect((await post(`/${id}/rotate`, { key: second, body: { overlapSeconds: 0 } })).json).toEqual(rotated.json)
  await rotateToken(admin, { tokenId: id, overlapSeconds: 0 })
  await revealToken(admin, { tokenId: id, key: newRevealKey() })
  await rotateToken(admin, { tokenId: id, overlapSeconds: 0 })
  expect((await post(`/${id}/reveal`, { key: first })).json).not.toHaveProperty('secret')
})

test('what is refused is not kept, so that the same key does it once it can be done', async () => {
  const { post, sql, alder } = await alderApi()
  const key = newRevealKey()
  await sql`update organizations set suspended_at = now() where id = ${alder.id}`
  const create = () => post('', { key, body: { name: 'Once' } })
  const before = await create()
  expect(before.status).toBe(401)
  await sql`update organizations set suspended_at = null, token_limit_override = 2 where id = ${alder.id}`
  expect((await create()).json.code).toBe('token_limit')
  expect(await sql`select from idempotency_keys`).toHaveLength(0)
  await sql`update organizations set token_limit_override = 3 where id = ${alder.id}`
  expect((await create()).status).toBe(201)
})

test('where a secret is answered, a key in the form of a reveal key is needed', async () => {
  const { post, sql } = await alderApi()
  for (const key of [undefined, 'short', `${newRevealKey()}x`, 'B'.repeat(22)])
    expect(await post('', { body: { name: 'Once' }, ...(key && { key }) })).toMatchObject({
      status: 422,
      json: { code: 'invalid', fields: { 'Idempotency-Key': expect.stringContaining('22 characters') } },
    })
  expect(await sql`select from tokens where name = 'Once'`).toHaveLength(0)
})

test('a rotation under the key of a secret that is there already is refused, and nothing of it stays', async () => {
  const { post, trail, sql, pass } = await alderApi()
  const [first, second] = [newRevealKey(), newRevealKey()]
  const made = await post('', { key: first, body: { name: 'Export' } })
  const at = `/${made.json.tokenId}`
  const rotate = (key: string) => post(`${at}/rotate`, { key })
  const before = await trail(made.json.tokenId)
  const refused = {
    status: 422,
    json: { code: 'idempotency_key_reused', fields: { 'Idempotency-Key': expect.any(String) } },
  }
  expect(await rotate(first)).toMatchObject(refused)
  expect(await trail(made.json.tokenId)).toEqual(before)
  expect(await sql`select id from tokens where rotation_overlap_seconds is not null`).toEqual([])
  const rotated = await rotate(second)
  expect(rotated).toMatchObject({ status: 201, json: { revealed: true, rotation: null } })
  expect(rotated.json.secret).not.toBe(made.json.secret)
  expect(await rotate(first), 'the key of a secret that retires').toMatchObject(refused)
  pass(10 * MINUTE)
  expect(await rotate(first)).toMatchObject({ status: 409, json: { code: 'already_revealed' } })
})
