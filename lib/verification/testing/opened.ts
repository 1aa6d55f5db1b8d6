import { expect } from 'vitest'
import { client } from '#lib/verification/testing/http'
import type { openWorld } from '#lib/verification/testing/world'

/** A world with a verifier in it, and the answers that its API user `Gateway`, at the platform, gets. */
export type Opened = Awaited<ReturnType<typeof openGateway>>

export async function openGateway(world: Awaited<ReturnType<typeof openWorld>>, baseUrl: string) {
  const { platform } = world.organizations
  const serviceAccountId = await world.addApiUser(platform, 'admin', ['tokens:verify'])
  const gateway = await world.ready({ organizationId: platform, serviceAccountId }, { scopes: ['tokens:verify'] })
  /** A statement; one that changes something is heard of when it resolves. */
  const sql = async (text: TemplateStringsArray, ...values: (string | string[] | Date | Uint8Array | null)[]) => {
    const rows = await world.sql(text, ...values)
    if (/^\s*(update|delete)/.test(text[0] ?? '')) await heardOf(world.sql)
    return rows
  }
  const mint = async (...minting: Parameters<typeof world.mint>) => {
    const secret = await world.mint(...minting)
    await heardOf(world.sql)
    return secret
  }
  return { ...world, sql, mint, baseUrl, gateway, ...client(baseUrl, gateway.secret) }
}

/** Waits until the one verifier on a database has applied all that was committed before. */
export async function heardOf(sql: Awaited<ReturnType<typeof openWorld>>['sql']): Promise<void> {
  const [told] = await sql`
    with told as (insert into revocations (token_id, at) values ('none', clock_timestamp()) returning id)
    select id, pg_notify('tokenry_facts', 'r:' || id || ':none') from told`
  const acknowledged = () => sql`select from revocation_acknowledgements where revocation_id = ${told?.['id']}`
  await expect.poll(acknowledged, { timeout: 5_000, interval: 2 }).toHaveLength(1)
}
