import { openApi } from '#lib/api/testing/api'
import type { SealKey } from '#lib/env/variables'
import { testWorld } from '#lib/testing/world'

const FOREVER = { expiration: { kind: 'never' } } as const
const WRITER = ['data:read', 'reports:read', 'tokens:read', 'tokens:write']

/** The HTTP API on a world with an admin of Alder, and a token of Alder that makes and opens others. */
export async function alderApi(sealKeys: readonly SealKey[] = []) {
  const world = await testWorld()
  const admin = await world.person(world.alder, 'admin')
  const api = openApi(world, sealKeys)
  const writer = await api.token(admin, { organizationId: world.alder.id, name: 'Writer', scopes: WRITER, ...FOREVER })
  /** What the trail tells of a token, oldest first. */
  const trail = (tokenId: string) =>
    world.sql`select action, actor_name, details from audit_events where target_id = ${tokenId} order by id`
  return {
    ...world,
    ...api,
    admin,
    writer,
    trail,
    post: (path: string, call: Parameters<typeof api.call>[3] = {}) =>
      api.call(writer.secret, 'POST', `/api/v1/tokens${path}`, call),
  }
}
