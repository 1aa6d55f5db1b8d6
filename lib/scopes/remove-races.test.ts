import { expect, test } from 'vitest'
import { registerDevice } from '#lib/devices/register'
import { removeDevice } from '#lib/devices/remove'
import { defineScope } from '#lib/scopes/define'
import { removeScope } from '#lib/scopes/remove'
import { createApiUser } from '#lib/service-accounts/create'
import { disableApiUser } from '#lib/service-accounts/disable'
import { editApiUser } from '#lib/service-accounts/edit'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { letGoAtOnce } from '#lib/tokens/testing/gate'

const ROUNDS = 8
const NAME = 'measurements:write'
const MEASURE = { name: NAME, description: 'Measure', tierId: null }

test('a scope removed while it is given to tokens and API users is left on none, and only those that had it lost it', async () => {
  const world = await testWorld({ connections: 12 })
  const { alder, northwind, platform, person, sql } = world
  await sql`update organizations set token_limit_override = 1000 where kind <> 'platform'`
  const [root, admin, above, member] = [
    await person(platform, 'admin'),
    await person(alder, 'admin'),
    await person(northwind, 'admin'),
    await person(alder, 'member'),
  ]
  const at = { organizationId: alder.id }
  const plain = await createToken(admin, { ...at, name: 'Edited', scopes: [] })
  const apiUser = await createApiUser(admin, { ...at, name: 'Edited', role: 'admin', scopes: [], devices: null })
  const carrier = await createApiUser(admin, { ...at, name: 'Carrier', role: 'admin', scopes: [], devices: null })
  const carries = await createToken(admin, { ...at, name: 'Carries', scopes: [], serviceAccountId: carrier.id })

  const outcomes = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round++) {
    await defineScope(root, MEASURE)
    await editToken(admin, { tokenId: plain.id, scopes: [] })
    for (const { id } of [apiUser, carrier])
      await editApiUser(admin, { ...at, apiUserId: id, scopes: id === carrier.id ? [NAME] : [] })
    await editToken(admin, { tokenId: carries.id, scopes: [NAME] })
    const scopes = [NAME, 'data:read']
    const remove = () => removeScope(root, MEASURE).then(({ tokens }) => `removed from ${tokens}`)
    const counts = (verb: Promise<unknown>) => verb.then(() => 'gave a token the scope', codeOf)
    const other = (verb: Promise<unknown>) => verb.then(() => 'done', codeOf)
    const writers = () => [
      counts(createToken(admin, { ...at, name: `Made ${round}`, scopes })),
      counts(createToken(above, { organizationId: northwind.id, name: `Made ${round}`, scopes })),
      counts(createToken(member, { organizationId: null, name: `Own ${round}`, scopes })),
      counts(editToken(admin, { tokenId: plain.id, scopes })),
      other(createApiUser(admin, { ...at, name: `Made ${round}`, role: 'admin', scopes, devices: null })),
      other(editApiUser(admin, { ...at, apiUserId: apiUser.id, scopes })),
      other(editApiUser(admin, { ...at, apiUserId: carrier.id, name: `Carrier ${round}` })),
      other(disableApiUser(admin, { ...at, apiUserId: carrier.id })),
    ]
    // Whoever is first at the gate is mostly first behind it.
    const done = await letGoAtOnce(world, GATES[round % GATES.length] ?? null, () =>
      round % 2 === 0 ? [...writers(), remove()] : [remove(), ...writers()],
    )
    const gave = done.filter((each) => each === 'gave a token the scope').length
    expect(done).toContain(`removed from ${1 + gave}`)
    for (const each of done.filter((one) => !one.startsWith('removed'))) {
      expect(['gave a token the scope', 'done', 'not_held']).toContain(each)
      outcomes.set(each, (outcomes.get(each) ?? 0) + 1)
    }
    const left = await sql`select 'token' as what, name from tokens where scopes @> array[${NAME}]
      union all select 'API user', name from service_accounts where scopes @> array[${NAME}]`
    expect(left, `round ${round}`).toEqual([])
    await sql`update service_accounts set disabled_at = null`
  }
  // Both orders were seen.
  expect(outcomes.get('gave a token the scope')).toBeGreaterThan(0)
  expect(outcomes.get('not_held')).toBeGreaterThan(0)
})

test('a scope and a device removed at once are off the same API users and tokens, whoever is first', async () => {
  const world = await testWorld({ connections: 6 })
  const { alder, platform, person, sql } = world
  await sql`update organizations set token_limit_override = 1000 where kind <> 'platform'`
  const [root, admin] = [await person(platform, 'admin'), await person(alder, 'admin')]
  const at = { organizationId: alder.id }
  const device = { ...at, deviceId: 'hall-1' }
  for (let round = 0; round < ROUNDS; round++) {
    await defineScope(root, MEASURE)
    await registerDevice(admin, { ...device, name: 'Hall' })
    const given = { scopes: [NAME], devices: ['hall-1'] }
    const made = await createApiUser(admin, { ...at, name: `Robot ${round}`, role: 'admin', ...given })
    for (const name of ['One', 'Two'])
      await createToken(admin, { ...at, name: `${name} ${round}`, serviceAccountId: made.id, ...given })
    await Promise.all([removeScope(root, MEASURE), removeDevice(admin, device)])
    const left = await sql`select 'token' as what from tokens where scopes @> array[${NAME}] or devices @> '{hall-1}'
      union all select 'API user' from service_accounts where scopes @> array[${NAME}] or devices @> '{hall-1}'`
    expect(left, `round ${round}`).toEqual([])
  }
})

const GATES = ['tokens', 'service_accounts', 'audit_events', null] as const

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error)
