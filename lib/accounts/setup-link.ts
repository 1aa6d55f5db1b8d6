import { openDatabase } from '#db/client'
import { deleteExpiredLinks, insertLink } from '#db/queries/one-time-links'
import { anyOrganization } from '#db/queries/organizations'
import { newLink } from '#lib/accounts/link'
import { systemClock } from '#lib/clock'

const HOUR_MS = 3_600_000

/**
 * The link for the first run: `<appUrl>/setup#<128 random bits>`, good once and for an hour; null once a platform
 * exists. The only copy of it is what this returns.
 */
export async function issueSetupLink({ url, appUrl }: { url: string; appUrl: string }): Promise<string | null> {
  const db = openDatabase(url, { connections: 1 })
  try {
    if (await anyOrganization(db)) return null
    const now = systemClock()
    const { link, digest } = newLink()
    await deleteExpiredLinks(db, now)
    await insertLink(db, {
      digest,
      purpose: 'setup',
      createdAt: now,
      expiresAt: new Date(now.getTime() + HOUR_MS),
    })
    return `${appUrl}/setup#${link}`
  } finally {
    await db.close()
  }
}
