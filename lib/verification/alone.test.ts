import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifierContract } from '#lib/verification/testing/contract'
import { heardOf, openGateway } from '#lib/verification/testing/opened'
import { runVerifier } from '#lib/verification/testing/process'
import { openWorld } from '#lib/verification/testing/world'

type Shared = { readonly world: Awaited<ReturnType<typeof openWorld>>; readonly url: string }

let shared: Shared
const ends: (() => Promise<void>)[] = []

// One process for the whole contract: each test asks about tokens and people of its own, and finds the organizations
// as they were made. That the contract holds for a verifier which has only just started, node.test.ts tells.
beforeAll(async () => {
  const onEnd = (end: () => Promise<void>) => void ends.unshift(end)
  const world = await openWorld({ onEnd })
  shared = { world, url: await runVerifier(world.url, { onEnd }).url() }
})
afterAll(async () => {
  for (const end of ends) await end()
})

verifierContract(async () => {
  const { world, url } = shared
  await world.sql`update organizations set suspended_at = null, closed_at = null,
    tier_id = (select id from tiers t where t.name = case when kind = 'platform' then null
      when slug in ('birch', 'cedar') then 'Lite' else 'Advanced' end)`
  await heardOf(world.sql)
  return openGateway(world, url)
})

test('the verifier alone answers what is its own, and nothing else', async () => {
  const { url } = await openWorld()
  const verifier = runVerifier(url)
  const at = await verifier.url()
  const statusOf = async (path: string) => (await fetch(at + path)).status
  expect(await statusOf('/api/v1/verify')).toBe(405)
  expect(await statusOf('/api/v1/me')).toBe(401)
  for (const route of ['introspect', 'revoke']) {
    expect(await statusOf(`/api/v1/${route}`)).toBe(405)
    expect(await (await fetch(`${at}/api/metrics`)).text()).toContain(`_count{route="${route}",status="4xx"} 1`)
  }
  for (const path of ['/', '/sign-in', '/api/auth/csrf']) expect(await statusOf(path), path).toBe(404)
  expect(await verifier.stop()).toBe(0)
})
