import { expect, onTestFinished, test } from 'vitest'
import { authenticate } from '#lib/api/authenticate'
import { openApiHome } from '#lib/api/home'
import { share, shared } from '#lib/server/shared'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'
import { openVerifier } from '#lib/verification/open'

test("the desk has no recorder of its own: a use over HTTP is written when the server's verifier closes", async () => {
  const { url, db, clock, alder, person, sql } = await testWorld()
  const admin = await person(alder, 'admin')
  const { id } = await createToken(admin, { organizationId: alder.id, name: 'Caller', expiration: { kind: 'never' } })
  const { secret } = await revealToken(admin, { tokenId: id, key: newRevealKey() })
  const verifier = await openVerifier({ databaseUrl: url, prefixes: ['tok'] })
  share('recorder', verifier.recorder)
  const of = { db, clock, prefix: 'tok', prefixes: ['tok'], sealKeys: [] }
  const home = openApiHome(url, { ...of, recorder: shared('recorder') })
  onTestFinished(home.close)
  const headers = new Headers({ authorization: `Bearer ${secret.reveal()}` })
  expect(await authenticate(home, headers, { path: '/api/v1/tokens', scope: null })).toMatchObject({
    token: { id },
  })
  await verifier.close()
  const uses = await sql`select outcome, count from usage_hours where token_id = ${id}`
  expect(uses.map((row) => ({ ...row, count: Number(row['count']) }))).toEqual([{ outcome: 'active', count: 1 }])
})
