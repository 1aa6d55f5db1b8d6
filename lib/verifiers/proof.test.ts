import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createToken } from '#lib/tokens/create'
import { deleteTokens, revokeTokens } from '#lib/tokens/each'
import { revokeToken, revokeWithProof } from '#lib/tokens/revoke'
import { revokePersonalTokens } from '#lib/tokens/revoke-personal'
import { desk, refused } from '#lib/tokens/testing/desk'
import { awaitProof, readProof } from '#lib/verifiers/proof'

/** A desk, and verifiers as they stand in the database: rows, whose acknowledgements the test writes. */
async function deskWithVerifiers() {
  const world = await desk()
  const { sql } = world
  const register = async (name: string, started = '1 hour') => {
    const id = randomUUID()
    await sql`insert into verifiers (id, name, started_at, last_seen_at)
      values (${id}, ${name}, clock_timestamp() - ${started}::interval, clock_timestamp())`
    return { id, name }
  }
  const acknowledge = ({ id, name }: { id: string; name: string }, revocation: number, after = '12 ms') =>
    sql`insert into revocation_acknowledgements
      select ${revocation}, ${id}, ${name}, at + ${after}::interval from revocations where id = ${revocation}`
  const revoke = async (name: string) =>
    (await revokeToken(world.admin, { tokenId: (await world.make(name)).id })).revocation
  return { ...world, register, acknowledge, revoke }
}

const answers = ({ verifiers }: Awaited<ReturnType<typeof readProof>>) =>
  verifiers.map(({ name, afterMs }) => [name, afterMs])

test('a proof names every verifier that had to refuse: with its time, or as one that has not answered', async () => {
  const { admin, register, acknowledge, revoke, sql } = await deskWithVerifiers()
  const quick = await register('verifier-1')
  const slow = await register('verifier-2')
  for (const name of ['gateway-2', 'dead']) await register(name)
  const leaving = await register('leaving')
  const revocation = await revoke('Metering')
  for (const [name, before] of [
    ['gateway-2', '5.9 s'],
    ['dead', '6.1 s'],
  ] as const)
    await sql`update verifiers set last_seen_at = at - ${before}::interval
      from revocations where revocations.id = ${revocation} and name = ${name}`
  // It read from the database what was true by then, so that it has nothing to forget.
  await register('later', '0 s')
  await acknowledge(quick, revocation, '11.2 ms')
  await acknowledge(slow, revocation, '40.5 ms')
  await sql`delete from verifiers where id = ${leaving.id}`
  const proof = await readProof(admin, [revocation])
  expect(answers(proof)).toEqual([
    ['verifier-1', 12],
    ['verifier-2', 41],
    ['gateway-2', null],
  ])
  expect(proof.readAt).toBeGreaterThan(proof.at)

  // Silent from now on, or closed in order: what they acknowledged stays acknowledged.
  await sql`update verifiers set last_seen_at = clock_timestamp() - interval '1 minute' where id = ${quick.id}`
  await sql`delete from verifiers where id = ${slow.id}`
  await sql`update verifiers set last_seen_at = clock_timestamp() where name = 'gateway-2'`
  expect(answers(await readProof(admin, [revocation]))).toEqual(answers(proof))
})

test('the answer to a revocation waits for verifiers that answer late, and not for one that never does', async () => {
  const { admin, make, register, acknowledge, sql } = await deskWithVerifiers()
  const late = await register('late')
  const revoking = revokeWithProof(admin, { tokenId: (await make('Late')).id })
  const acknowledged = (async () => {
    for (;;) {
      const [row] = await sql`select id::int from revocations`
      if (row !== undefined) return acknowledge(late, row['id'], '30 ms')
      await sleep(2)
    }
  })()
  expect((await revoking).proof?.verifiers).toEqual([{ ...late, afterMs: 30 }])
  await acknowledged

  const began = performance.now()
  const { proof, restorable } = await revokeWithProof(admin, { tokenId: (await make('Silent')).id })
  expect(proof?.verifiers).toEqual([{ ...late, afterMs: null }])
  expect(restorable).toBe(true)
  expect(performance.now() - began).toBeGreaterThan(900)
  expect(performance.now() - began).toBeLessThan(3000)
})

test('without a verifier the answer comes at once, and one that cannot be read fails nothing', async () => {
  const { admin, make, db, sql } = await deskWithVerifiers()
  const began = performance.now()
  const leaked = await revokeWithProof(admin, { tokenId: (await make('Leaked')).id, leaked: true })
  expect(leaked).toMatchObject({ deleted: false, restorable: false, proof: { verifiers: [] } })
  expect(performance.now() - began).toBeLessThan(900)
  await sql`alter table revocation_acknowledgements rename to unreadable`
  const { id: tokenId } = await make('Metering')
  expect((await revokeWithProof(admin, { tokenId })).proof).toBeNull()
  const [token] = await sql`select revoked_at is not null as revoked from tokens where id = ${tokenId}`
  expect(token?.['revoked']).toBe(true)
  expect(await awaitProof(db, 1)).toBeNull()
})

test('a revocation is told to verifiers at the commit, by an id that stands in the database by then', async () => {
  const { admin, make, sql } = await deskWithVerifiers()
  const told: string[] = []
  const { unlisten } = await sql.listen(
    'tokenry_facts',
    (payload) => void (payload.startsWith('r:') && told.push(payload)),
  )
  const { id: tokenId } = await make()
  await sql`alter table audit_events add constraint no_more check (action <> 'token.deleted')`
  await expect(revokeToken(admin, { tokenId, andDelete: true })).rejects.toThrow()
  await sql`alter table audit_events drop constraint no_more`
  const { revocation } = await revokeToken(admin, { tokenId, andDelete: true })
  await expect.poll(() => told).toEqual([`r:${revocation}:${tokenId}`])
  const [row] = await sql`select token_id, at <= clock_timestamp() as past from revocations where id = ${revocation}`
  expect(row).toEqual({ token_id: tokenId, past: true })
  await unlisten()
})

test('over several revocations a verifier has answered once it has answered each, after the longest time', async () => {
  const { admin, make, register, acknowledge } = await deskWithVerifiers()
  const [one, other] = [await register('one'), await register('other')]
  const tokenIds = [(await make('First')).id, (await make('Second')).id]
  const outcomes = await revokeTokens(admin, { tokenIds })
  const revocations = outcomes.flatMap(({ revocation }) => revocation ?? [])
  expect(new Set(revocations).size).toBe(2)
  const [first = 0, second = 0] = revocations
  await acknowledge(one, first, '7 ms')
  await acknowledge(one, second, '5 ms')
  await acknowledge(other, second, '3 ms')
  expect(answers(await readProof(admin, revocations))).toEqual([
    ['one', 7],
    ['other', null],
  ])
  expect((await deleteTokens(admin, { tokenIds })).map(({ revocation }) => revocation)).toEqual([null, null])
  await acknowledge(other, first, '90 ms')
  expect(answers(await readProof(admin, revocations))).toEqual([
    ['one', 7],
    ['other', 90],
  ])
})

test('whoever may not revoke the token is told that there is no such revocation', async () => {
  const { admin, alder, northwind, platform, organization, person, revoke, sql } = await deskWithVerifiers()
  const revocation = await revoke('Metering')
  const birch = await organization('Birch', northwind, 'customer')
  for (const other of [await person(birch, 'admin'), await person(alder, 'member'), await person(alder, 'viewer')])
    await expect(readProof(other, [revocation])).rejects.toEqual(refused('not_found'))
  const [reseller, root] = [await person(northwind, 'admin'), await person(platform, 'admin')]
  for (const allowed of [admin, reseller, root]) expect((await readProof(allowed, [revocation])).verifiers).toEqual([])
  await expect(readProof(admin, [revocation + 1])).rejects.toEqual(refused('not_found'))
  await expect(readProof(admin, [revocation, revocation + 1])).rejects.toEqual(refused('not_found'))

  const own = await createToken(admin, { organizationId: null, name: 'Own' })
  const [outcome] = await revokePersonalTokens(root, { tokenIds: [own.id], reason: 'It leaked' })
  const ofAdmin = outcome?.revocation ?? 0
  for (const allowed of [admin, root]) expect((await readProof(allowed, [ofAdmin])).verifiers).toEqual([])
  await expect(readProof(reseller, [ofAdmin])).rejects.toEqual(refused('not_found'))
  await expect(readProof(root, [revocation, ofAdmin])).rejects.toEqual(refused('not_found'))
  await sql`update organizations set closed_at = now() where id = ${alder.id}`
  await expect(readProof(reseller, [revocation])).rejects.toEqual(refused('not_found'))
})
