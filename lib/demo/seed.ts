import { openDatabase } from '#db/client'
import { anyOrganization } from '#db/queries/organizations'
import { hashPassword } from '#lib/accounts/password'
import { systemClock } from '#lib/clock'
import { actingIn } from '#lib/demo/acting'
import { seedDevices } from '#lib/demo/devices'
import { seedLarge } from '#lib/demo/large'
import { seedOrganizations } from '#lib/demo/organizations'
import { seedTokens } from '#lib/demo/tokens'
import { seedUsage } from '#lib/demo/usage'
import type { SealKey } from '#lib/env/variables'

export const DEMO_ACCOUNTS = [
  { email: 'admin@demo.example', what: 'admin of the platform' },
  { email: 'reseller@demo.example', what: 'admin of Northwind, a reseller' },
  { email: 'owner@demo.example', what: 'admin of Alder, a customer of Northwind' },
  { email: 'user@demo.example', what: 'member of Alder' },
  { email: 'viewer@demo.example', what: 'viewer of Alder' },
  { email: 'cedar@demo.example', what: 'admin of Cedar, a customer of Southgate' },
] as const

/**
 * Fills an empty database with the sample data, the same on every run but for its dates, which count back from now. A
 * database that holds anything is left as it is, but for what `large` adds to it. Organizations and people come in one transaction, so that a start that
 * was cut off never leaves half of them.
 */
export async function seedDemo({
  url,
  password,
  sealKeys,
  large = false,
}: {
  readonly url: string
  readonly password: string
  /** As the server has them: what is revealed under `anytime` is sealed. */
  readonly sealKeys: readonly SealKey[]
  readonly large?: boolean
}): Promise<void> {
  const db = openDatabase(url, { connections: 1 })
  try {
    const filled = await anyOrganization(db)
    if (filled && !large) return
    const passwordHash = await hashPassword(password)
    const now = systemClock()
    if (!filled)
      await db.transaction(async (tx) => {
        const sample = await seedOrganizations(tx, { passwordHash, now })
        const as = actingIn(tx, { now, sealKeys })
        await seedTokens(tx, as, sample, now)
        await seedDevices(as, sample)
        await seedUsage(tx, now)
      })
    if (large) await seedLarge(db, { passwordHash, now })
  } finally {
    await db.close()
  }
}
