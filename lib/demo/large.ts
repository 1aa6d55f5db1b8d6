import type { Database } from '#db/client'
import {
  analyzeLargeDemo,
  hasLargeDemo,
  insertLargeLevel,
  insertLargePeople,
  insertLargeTokens,
} from '#db/queries/large-demo'

// 5,000 organizations on four levels below the platform.
const LEVELS = [
  { count: 10, kind: 'reseller' },
  { count: 90, kind: 'reseller' },
  { count: 400, kind: 'reseller' },
  { count: 4500, kind: 'customer' },
] as const

/**
 * Adds to the sample data what a large installation holds: 5,000 organizations on four levels, 50,000 tokens, 20,000
 * people with the password of the other accounts, `admin@large-1.example` the first. All at once or not at all; where it
 * is there already nothing is added.
 */
export async function seedLarge(
  db: Database,
  { passwordHash, now }: { readonly passwordHash: string; readonly now: Date },
): Promise<void> {
  if (await hasLargeDemo(db)) return
  await db.transaction(async (tx) => {
    let first = 1
    let parents: { first: number; count: number } | null = null
    for (const { count, kind } of LEVELS) {
      await insertLargeLevel(tx, { parents, first, count, kind, now })
      parents = { first, count }
      first += count
    }
    await insertLargeTokens(tx, now)
    await insertLargePeople(tx, passwordHash)
  })
  await analyzeLargeDemo(db)
}
