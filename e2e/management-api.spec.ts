import { randomBytes } from 'node:crypto'
import { statusOfMe } from './support/api'
import { ofThisRun } from './support/run'
import { expect, test } from './support/test'
import { makeRevealedToken } from './support/tokens'

test('a program makes, rotates and ends a token over HTTP, and a lost answer costs nothing', async ({ elm }) => {
  const scopes = ['data:read', 'tokens:read', 'tokens:write']
  const { secret: writer } = await makeRevealedToken(elm, 'Deployment', { scopes })
  const call = async (method: string, path: string, body?: object, key?: string) => {
    const answer = await fetch(`${ofThisRun('E2E_BASE_URL')}/api/v1/tokens${path}`, {
      method,
      headers: {
        authorization: `Bearer ${writer}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, json: text === '' ? null : JSON.parse(text) }
  }
  const newKey = () => randomBytes(16).toString('base64url')

  const key = newKey()
  const made = await call('POST', '', { name: 'Export', scope: 'data:read' }, key)
  expect(made).toMatchObject({ status: 201, json: { revealed: true, scope: 'data:read' } })
  expect((await call('POST', '', { name: 'Export', scope: 'data:read' }, key)).json).toEqual(made.json)
  expect(await statusOfMe(made.json.secret)).toBe(200)
  const at = `/${made.json.tokenId}`

  const rotated = await call('POST', `${at}/rotate`, { overlapSeconds: 0 }, newKey())
  expect(rotated.status).toBe(201)
  expect(await statusOfMe(rotated.json.secret)).toBe(200)
  await expect.poll(() => statusOfMe(made.json.secret), { timeout: 1_000, intervals: [50] }).toBe(401)

  expect((await call('PATCH', at, { name: 'Renamed' })).json).toMatchObject({ name: 'Renamed' })
  expect((await call('DELETE', at)).json).toMatchObject({ code: 'not_deletable' })
  expect((await call('POST', `${at}/revoke`, { reason: 'Moved' })).json).toMatchObject({ status: 'revoked' })
  await expect.poll(() => statusOfMe(rotated.json.secret), { timeout: 1_000, intervals: [50] }).toBe(401)
  expect((await call('DELETE', at)).status).toBe(204)
  const listed = await call('GET', '?search=e&limit=100')
  expect(JSON.stringify(listed.json)).not.toContain('Renamed')
})
