import { expect, test } from 'vitest'
import { verifierContract } from '#lib/verification/testing/contract'
import { runVerifier } from '#lib/verification/testing/process'
import { openWorld } from '#lib/verification/testing/world'

verifierContract((databaseUrl) => runVerifier(databaseUrl).url())

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
