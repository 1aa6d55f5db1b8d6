import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { openVerificationDatabase } from '#db/verification-client'
import { deriveSecret, digestOf, newSalt } from '#lib/tokens/secret'
import { openMemory } from '#lib/verification/memory'
import { findPresented } from '#lib/verification/presented'
import { openWorld } from '#lib/verification/testing/world'

const ASKING = { address: null, anew: false }

test('a secret is known from the moment it is minted, before memory has heard of it, and wrong ones are bounded', async () => {
  const { url, sql, ready, organizations: at } = await openWorld()
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
    ...{ databaseUrl: url, role: null, name: 'of the test', database: counting, entriesAtMost: 100, remembers: true },
  })
  onTestFinished(async () => {
    await memory.close()
    await database.close()
  })
  await memory.heard
  const verifier = { lookUps: memory.lookUps, prefixes: ['tok'] }
  const { id, secret: before } = await ready({ organizationId: at.alder })
  const minted = () =>
    deriveSecret({
      prefix: 'tok',
      kind: 'organization',
      id,
      key: randomBytes(16).toString('base64url'),
      salt: newSalt(),
    })
  expect(await findPresented(verifier, before, ASKING)).toMatchObject({ facts: { id } })
  const after = minted()
  await sql.begin(async (tx) => {
    // So that nobody is told.
    await tx`set local session_replication_role = replica`
    await tx`update token_secrets set digest = ${digestOf(after)} where token_id = ${id}`
  })
  expect(await findPresented(verifier, after, ASKING)).toMatchObject({ facts: { id } })
  asked = 0
  for (let n = 0; n < 2_000; n++) expect(await findPresented(verifier, minted(), ASKING)).toBe('not_found')
  expect(asked).toBeLessThan(1_500)
  expect(await findPresented(verifier, after, ASKING)).toMatchObject({ facts: { id } })
})
