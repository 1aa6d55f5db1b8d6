import { expect, test } from 'vitest'
import { alderApi } from '#lib/api/testing/alder'

const AT = '/api/v1/devices'

test('devices are registered, renamed, listed and removed over HTTP, and the trail names the token', async () => {
  const { call, writer, trail, token, admin, alder } = await alderApi()
  const as = (method: string, path = '', body?: object) => call(writer.secret, method, `${AT}${path}`, body && { body })
  for (const [deviceId, name] of [
    ['meter-1', 'Hall'],
    ['meter-2', 'Cellar'],
    ['meter-3', 'Attic'],
  ])
    expect((await as('POST', '', { deviceId, name })).status).toBe(201)
  await token(admin, { organizationId: alder.id, name: 'Narrow', scopes: ['data:read'], devices: ['meter-1'] })
  expect((await as('PATCH', '/meter-1', { name: 'Roof' })).json).toMatchObject({ name: 'Roof', tokens: 1, members: 0 })
  const first = await as('GET', '?limit=2')
  const second = await as('GET', `?limit=2&cursor=${first.json.nextCursor}`)
  expect([...first.json.data, ...second.json.data].map(({ name }) => name)).toEqual(['Attic', 'Cellar', 'Roof'])
  expect(await as('POST', '', { deviceId: 'meter-1', name: 'Again' })).toMatchObject({
    ...{ status: 409, json: { code: 'name_taken', fields: { deviceId: expect.stringMatching(/Roof/) } } },
  })
  expect(await as('POST', '', { deviceId: 'no id', name: '' })).toMatchObject({
    ...{ status: 422, json: { fields: { deviceId: expect.any(String), name: expect.any(String) } } },
  })
  expect((await as('DELETE', '/meter-1')).status).toBe(204)
  for (const path of ['/meter-1', '/%00', '/meter-2?organization=northwind'])
    expect((await as('GET', path)).status, path).toBe(404)
  const events = await trail('meter-1')
  expect(events.map(({ action }) => action)).toEqual(['registered', 'renamed', 'removed'].map((did) => `device.${did}`))
  for (const { details } of events) expect(details).toMatchObject({ byToken: writer.id })
})
