import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { wipeOverdueRevealSalts } from '#db/queries/token-secrets'
import { recordUses } from '#db/queries/usage-last'
import { newRevealKey } from '#lib/testing/world'
import { deleteTokens, revokeTokens } from '#lib/tokens/each'
import { editToken } from '#lib/tokens/edit'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { rotateToken } from '#lib/tokens/rotate'
import { digestOf } from '#lib/tokens/secret'
import { DAY, desk, MINUTE, refused } from '#lib/tokens/testing/desk'

test('many tokens at once, in whatever order, are done without a deadlock', async () => {
  const { admin, make, sql, clock, db } = await desk()
  await sql`update organizations set token_limit_override = 20, delete_policy = 'any'`
  const ids: string[] = []
  for (let n = 0; n < 5; n++) ids.push((await make(`Token ${n}`)).id)
  const opened = await Promise.all(ids.map((tokenId) => revealToken(admin, { tokenId, key: newRevealKey() })))
  const uses = opened.map(({ token: { id: tokenId }, secret }) => {
    return { tokenId, at: clock().getTime(), ip: null, userAgent: null, opened: digestOf(secret) }
  })
  const refusedOrDone = async (verb: Promise<unknown>) =>
    verb.catch((error) => expect(error).toEqual(refused(error.code)))
  const backwards = ids.toReversed()
  const round = [
    ...[ids, backwards].map((tokenIds) => revokeTokens(admin, { tokenIds })),
    ...backwards.map((tokenId) => refusedOrDone(restoreToken(admin, { tokenId }))),
    ...ids.map((tokenId, n) => refusedOrDone(editToken(admin, { tokenId, name: `Token ${(n + 1) % 5}` }))),
    ...ids.map((tokenId) => refusedOrDone(rotateToken(admin, { tokenId, overlapSeconds: 0 }))),
    ...[uses, uses.toReversed()].map((each) => recordUses(sql, each)),
    wipeOverdueRevealSalts(db, new Date(clock().getTime() + DAY)),
    deleteTokens(admin, { tokenIds: backwards }),
  ]
  await Promise.all(round)
})

test('wiping overdue reveals never waits for a reveal, and wipes later what is held', async () => {
  const { admin, make, sql, pass, clock, db } = await desk()
  const { id: tokenId } = await make()
  const keys = [newRevealKey(), newRevealKey()] as const
  await revealToken(admin, { tokenId, key: keys[0] })
  await rotateToken(admin, { tokenId, overlapSeconds: 86_400 })
  pass(MINUTE)
  await revealToken(admin, { tokenId, key: keys[1] })
  pass(10 * MINUTE)
  const open = async () => (await sql`select state from token_secrets where reveal_salt is not null`).length
  let late: Promise<unknown> = Promise.resolve()
  await sql.begin(async (tx) => {
    await tx`select from token_secrets where state = 'current' for no key update`
    late = revealToken(admin, { tokenId, key: keys[1] })
    late.catch(() => {})
    for (let waiting = 0; waiting === 0; await sleep(10)) {
      const [row] = await tx`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      waiting = Number(row?.['waiting'])
    }
    await wipeOverdueRevealSalts(db, clock())
    expect(await open()).toBe(1)
  })
  await expect(late).rejects.toEqual(refused('already_revealed'))
  await wipeOverdueRevealSalts(db, clock())
  expect(await open()).toBe(0)
})
