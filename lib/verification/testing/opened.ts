import { client } from '#lib/verification/testing/http'
import { openWorld } from '#lib/verification/testing/world'

/** Starts a verifier on a database and tells its address. */
export type Serve = (databaseUrl: string) => Promise<string>

/** A world with a verifier in it, and the answers that its API user `Gateway`, at the platform, gets. */
export type Opened = Awaited<ReturnType<ReturnType<typeof opener>>>

export const opener = (serve: Serve) => async () => {
  const world = await openWorld()
  const { platform } = world.organizations
  const serviceAccountId = await world.addApiUser(platform, 'admin', ['tokens:verify'])
  const gateway = await world.ready({ organizationId: platform, serviceAccountId }, { scopes: ['tokens:verify'] })
  const baseUrl = await serve(world.url)
  return { ...world, baseUrl, gateway, ...client(baseUrl, gateway.secret) }
}
