import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { openVerificationDatabase } from '#db/verification-client'
import { deriveSecret, digestOf, newSalt, type SecretString } from '#lib/tokens/secret'
import { TooManyLookUps } from '#lib/verification/admission'
import { openMemory } from '#lib/verification/memory'
import { findPresented } from '#lib/verification/presented'
import { openWorld } from '#lib/verification/testing/world'

const ASKING = { address: null, anew: false }
const BURST = 1_000
const PER_SECOND = 100
/** What a verifier asks for itself meanwhile. */
const OWN = 50

/** A verifier's memory that counts what it asks of the database. */
async function counted({ remembers = true } = {}) {
  const world = await openWorld()
  const { url } = world
  const database = openVerificationDatabase(url, { connections: 2 })
  let asked = 0
  const counting: typeof database = {
    ...database,
    ask(query) {
      asked++
      return database.ask(query)
    },
  }
  const memory = openMemory({
    ...{ databaseUrl: url, role: null, name: 'of the test', database: counting, entriesAtMost: 100, remembers },
  })
  onTestFinished(async () => {
    await memory.close()
    await database.close()
  })
  await memory.heard
  /** How many questions that takes. */
  const asking = async (what: () => Promise<unknown>) => {
    const before = asked
    await what()
    return asked - before
  }
  /** Expects that it asks no more than is allowed of what is not there in the time that it takes. */
  const expectBounded = async (what: () => Promise<unknown>) => {
    const begun = performance.now()
    const asked = await asking(what)
    expect(asked).toBeLessThanOrEqual(OWN + BURST + (PER_SECOND * (performance.now() - begun)) / 1_000)
  }
  return { ...world, asking, expectBounded, verifier: { lookUps: memory.lookUps, prefixes: ['tok'] } }
}

const minted = (id: string) =>
  deriveSecret({
    prefix: 'tok',
    kind: 'organization',
    id,
    key: randomBytes(16).toString('base64url'),
    salt: newSalt(),
  })

/** Whether a secret is told to be none, or not looked for any more. */
const wrong = (verifier: Parameters<typeof findPresented>[0], secret: SecretString) =>
  findPresented(verifier, secret, ASKING).then(
    (found) => found === 'not_found',
    (error) => error instanceof TooManyLookUps,
  )

test('a secret is known from the moment it is minted, before memory has heard of it, and wrong ones are bounded', async () => {
  const { sql, ready, organizations: at, expectBounded, verifier } = await counted()
  const { id, secret: before } = await ready({ organizationId: at.alder })
  expect(await findPresented(verifier, before, ASKING)).toMatchObject({ facts: { id } })
  const after = minted(id)
  await sql.begin(async (tx) => {
    // So that nobody is told.
    await tx`set local session_replication_role = replica`
    await tx`update token_secrets set digest = ${digestOf(after)} where token_id = ${id}`
  })
  expect(await findPresented(verifier, after, ASKING)).toMatchObject({ facts: { id } })
  await expectBounded(async () => {
    for (let n = 0; n < 4_000; n++) expect(await wrong(verifier, minted(id))).toBe(true)
  })
  expect(await findPresented(verifier, after, ASKING)).toMatchObject({ facts: { id } })
})

test('a wrong secret of a token that is read for it is looked up once, however many are read at that moment', async () => {
  const { ready, organizations: at, asking, verifier } = await counted()
  const ids: string[] = []
  for (let n = 0; n < 20; n++) ids.push((await ready({ organizationId: at.alder })).id)
  const tryAll = async () => {
    const found = await Promise.all(ids.map((id) => findPresented(verifier, minted(id), ASKING)))
    expect(found).toEqual(ids.map(() => 'not_found'))
  }
  // A change that is heard of meanwhile has one read again.
  expect(await asking(tryAll)).toBeLessThan(30)
  // From memory they may be of before.
  expect(await asking(tryAll)).toBeGreaterThanOrEqual(20)
})

test('wrong secrets of a token are bounded too where nothing is remembered', async () => {
  const { ready, organizations: at, expectBounded, verifier } = await counted({ remembers: false })
  const { id } = await ready({ organizationId: at.alder })
  const all = Array.from({ length: 4_000 }, () => minted(id))
  const ask = async () => {
    for (const secret of all) expect(await wrong(verifier, secret)).toBe(true)
  }
  await expectBounded(ask)
})
