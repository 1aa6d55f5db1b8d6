import { expect, test } from 'vitest'
import { changeMeanwhile, holdAtGate } from '#db/testing/gate'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'

const CONTENDERS = 100

const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))
const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code ?? String(outcome.reason)] : []))

test('100 simultaneous reveals with different keys give exactly one secret', async () => {
  const { url, alder, person } = await testWorld({ connections: CONTENDERS })
  const admin = await person(alder, 'admin')
  const token = await createToken(admin, { organizationId: alder.id, name: 'Contended' })
  const outcomes = await holdAtGate(url, 'token_secrets', CONTENDERS, () =>
    times(CONTENDERS, () => revealToken(admin, { tokenId: token.id, key: newRevealKey() })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(new Set(codes(outcomes))).toEqual(new Set(['already_revealed']))
})

test('100 simultaneous creates at limit 5 with 2 in use make exactly 3', async () => {
  const { url, alder, person } = await testWorld({ connections: CONTENDERS })
  const admin = await person(alder, 'admin')
  const create = (name: string) => createToken(admin, { organizationId: alder.id, name })
  await create('In use beside Default')
  const outcomes = await holdAtGate(url, 'tokens', CONTENDERS, () =>
    times(CONTENDERS, (index) => create(`Contender ${index}`)),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(codes(outcomes)).toEqual(times(97, () => 'token_limit'))
})

test('simultaneous restores never pass the limit', async () => {
  const { url, alder, person } = await testWorld({ connections: 20 })
  const admin = await person(alder, 'admin')
  const revoked: string[] = []
  for (let n = 0; n < 10; n++) {
    const token = await createToken(admin, { organizationId: alder.id, name: `Revoked ${n}` })
    await revokeToken(admin, { tokenId: token.id })
    revoked.push(token.id)
  }
  const outcomes = await holdAtGate(url, 'tokens', revoked.length, () =>
    revoked.map((tokenId) => restoreToken(admin, { tokenId })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  expect(codes(outcomes)).toEqual(times(6, () => 'token_limit'))
})

test('simultaneous creates of one name make it once', async () => {
  const { url, alder, person } = await testWorld({ connections: 20 })
  const admin = await person(alder, 'admin')
  const outcomes = await holdAtGate(url, 'tokens', 20, () =>
    times(20, () => createToken(admin, { organizationId: alder.id, name: 'Same' })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(codes(outcomes)).toEqual(times(19, () => 'name_taken'))
})

test('reveals and restores at the same moment wait for each other and never deadlock', async () => {
  const { alder, person } = await testWorld({ connections: 20 })
  const admin = await person(alder, 'admin')
  const token = await createToken(admin, { organizationId: alder.id, name: 'Busy' })
  const outcomes = await Promise.allSettled(
    times(60, (index) => {
      if (index % 3 === 0) return revealToken(admin, { tokenId: token.id, key: newRevealKey() })
      return index % 3 === 1 ? revokeToken(admin, { tokenId: token.id }) : restoreToken(admin, { tokenId: token.id })
    }),
  )
  const expected = ['already_revealed', 'not_active', 'not_revoked']
  expect(codes(outcomes).filter((code) => !expected.includes(code))).toEqual([])
})

test('what waits for its turn is judged by the time when the turn comes', async () => {
  const { url, alder, person, sql, pass, clock } = await testWorld()
  const admin = await person(alder, 'admin')
  const create = (name: string) => createToken(admin, { organizationId: alder.id, name })
  const ending = await create('About to expire')
  for (let n = 0; n < 3; n++) await create(`Other ${n}`)
  await sql`update tokens set expires_at = ${new Date(clock().getTime() + 10_000)} where id = ${ending.id}`
  const edit = () => [editToken(admin, { tokenId: ending.id, expiration: { kind: 'preset', days: 30 } })]
  const outcomes = await changeMeanwhile(url, alder.id, 1, edit, async (tx) => {
    pass(11_000)
    await tx`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
      values ('takesTheLastSlot', 'organization', ${alder.id}, 'Last', 'last', '{}', ${clock()}, ${clock()})`
  })
  expect(codes(outcomes)).toEqual(['token_limit'])
})
