import { expect, onTestFinished, test } from 'vitest'
import { DatabaseUnavailable, openVerificationDatabase } from '#db/verification-client'
import { readAddress } from '#lib/address'
import { openAdmission, TooManyLookUps } from '#lib/verification/admission'
import { openFactsCache } from '#lib/verification/facts-cache'
import { openLease } from '#lib/verification/lease'
import { openLookUps } from '#lib/verification/look-ups'
import { openWorld } from '#lib/verification/testing/world'

const ASKING = { address: null, anew: false }

test('without a lease whoever asks while the same is being read waits for the next reading, together with all who do', async () => {
  const { url, sql, ready, organizations } = await openWorld()
  const { id } = await ready({ organizationId: organizations.alder })
  const itself = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => itself.close())
  const [read, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let asked = 0
  const database: Pick<typeof itself, 'ask'> = {
    async ask(query) {
      asked++
      const answer = await itself.ask(query)
      read.resolve()
      await release.promise
      return answer
    },
  }
  const lookUps = openLookUps({
    ...{ database, cache: openFactsCache(100), lease: openLease(), admission: openAdmission() },
    remembers: true,
  })
  const before = lookUps.token(id, ASKING, () => true)
  await read.promise
  await sql`update tokens set revoked_at = now() where id = ${id}`
  const after = Promise.all([
    lookUps.token(id, ASKING, () => true),
    lookUps.token(id, ASKING, () => true),
    lookUps.token(id, ASKING, () => true),
  ])
  release.resolve()
  expect((await before)?.facts.revoked).toBe(false)
  for (const known of await after) expect(known?.facts.revoked).toBe(true)
  expect(asked).toBe(2)
})

test('without a lease nobody gets what was asked for before them, not even of those who waited for the next', async () => {
  const { url, sql, ready, organizations } = await openWorld()
  const { id } = await ready({ organizationId: organizations.alder })
  const itself = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => itself.close())
  const gates = Array.from({ length: 3 }, () => ({
    read: Promise.withResolvers<void>(),
    release: Promise.withResolvers<void>(),
  }))
  let asked = 0
  const database: Pick<typeof itself, 'ask'> = {
    async ask(query) {
      const gate = gates[asked++]
      const answer = await itself.ask(query)
      gate?.read.resolve()
      await gate?.release.promise
      return answer
    },
  }
  const lookUps = openLookUps({
    ...{ database, cache: openFactsCache(100), lease: openLease(), admission: openAdmission() },
    remembers: true,
  })
  const [first, second] = gates
  const ask = () => lookUps.token(id, ASKING, () => true)
  const [before, next] = [ask(), first?.read.promise.then(ask)]
  await first?.read.promise
  first?.release.resolve()
  await before
  await second?.read.promise
  await sql`update tokens set revoked_at = now() where id = ${id}`
  const after = ask()
  for (const { release } of gates) release.resolve()
  expect((await next)?.facts.revoked).toBe(false)
  expect((await after)?.facts.revoked).toBe(true)
})

test('that one address may look for no more refuses nobody else, who asks for the same at that moment', async () => {
  const { url, ready, organizations } = await openWorld()
  const { id } = await ready({ organizationId: organizations.alder })
  const database = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => database.close())
  const admission = openAdmission({ ofAddress: { burst: 2, perSecond: 0 } })
  const lookUps = openLookUps({
    ...{ database, admission, cache: openFactsCache(100), lease: openLease() },
    remembers: true,
  })
  const [flooder, honest] = ['203.0.113.1', '203.0.113.2'].map((text) => ({ address: readAddress(text), anew: false }))
  if (flooder === undefined || honest === undefined) throw new Error('there are two')
  const wrong = () => lookUps.token(id, flooder, () => false)
  expect(await wrong()).toBeNull()
  const flying = wrong()
  const queued = wrong()
  const right = lookUps.token(id, honest, () => true)
  expect(await flying).toBeNull()
  await expect(queued).rejects.toThrow(TooManyLookUps)
  expect(await right).toMatchObject({ facts: { id } })
})

test('a look-up that the database did not answer counts for nothing against whoever asked', async () => {
  const database = { ask: () => Promise.reject(new DatabaseUnavailable('away')) }
  const few = { burst: 2, perSecond: 0 }
  const admission = openAdmission({ ofAddress: few, ofAll: few })
  const lookUps = openLookUps({
    ...{ database, admission, cache: openFactsCache(100), lease: openLease() },
    remembers: true,
  })
  for (let n = 0; n < 5; n++) {
    await expect(lookUps.token(`T${n}`, ASKING, () => true)).rejects.toThrow(DatabaseUnavailable)
    await expect(lookUps.place(`place-${n}`, ASKING)).rejects.toThrow(DatabaseUnavailable)
  }
})
