import { sql } from 'drizzle-orm'
import { openDatabase } from '#db/client'
import { createUser } from '#lib/accounts/create-user'
import { systemClock } from '#lib/clock'
import type { Context } from '#lib/context'
import { loadOrganization } from '#lib/organizations/load'

/** An admin of the fixture's customer, ready to act until the end of `resources`. */
export async function makeAdmin(resources: AsyncDisposableStack, databaseUrl: string): Promise<Context> {
  const db = openDatabase(databaseUrl, { connections: 12 })
  resources.defer(() => db.close())
  const [customer] = await db.execute<{ id: string }>(sql`select id from organizations where slug = 'bench'`)
  const who = { email: 'admin@bench.example', ip: null, userAgent: null }
  const actor = await db.transaction(async (tx) => {
    const organization = await loadOrganization(tx, customer?.id ?? '')
    if (organization === null) throw new Error('there is no customer')
    const now = systemClock()
    const user = { ...who, name: 'Admin', passwordHash: null, organization, role: 'admin' as const, now }
    const { id: userId } = await createUser(tx, user)
    const memberships = [{ organizationId: organization.id, role: 'admin' as const }]
    return { ...who, userId, memberships, confirmedAt: now }
  })
  return { db, actor, clock: systemClock, prefix: 'tok', sealKeys: [] }
}
