import type { Database } from '#db/client'
import { deleteLinksOf, insertLink } from '#db/queries/one-time-links'
import { findPlatform } from '#db/queries/organizations'
import { findUser } from '#db/queries/users'
import { newLink } from '#lib/accounts/link'
import type { Clock } from '#lib/clock'
import { compose, inWords } from '#lib/mail/compose'
import type { Mail } from '#lib/mail/transport'

const HOUR_MS = 3_600_000

/**
 * Sends somebody a link to set a new password, or their first one, made for this mail, which voids every one before.
 * Whoever is gone gets none. Throws what `send` throws; then the link is void.
 */
export async function mailPasswordReset(
  { db, clock, appUrl }: { readonly db: Database; readonly clock: Clock; readonly appUrl: string },
  userId: string,
  send: (mail: Mail) => Promise<void>,
): Promise<void> {
  const user = await findUser(db, userId)
  if (user === null) return
  const { link, digest } = newLink()
  const createdAt = clock()
  const expiresAt = new Date(createdAt.getTime() + HOUR_MS)
  await db.transaction(async (tx) => {
    await deleteLinksOf(tx, user.id)
    await insertLink(tx, { digest, purpose: 'reset-password', userId: user.id, createdAt, expiresAt })
  })
  const platform = (await findPlatform(db))?.name ?? 'Tokenry'
  const mail = compose({
    to: user.email,
    ...words(user, platform),
    link: { words: 'Set a new password', url: `${appUrl}/reset-password#${link}` },
    after: [
      `The link works once, until ${inWords(expiresAt)}. A new password signs you out everywhere else, and unlinks what you signed in with through a provider: it can be linked again.`,
      'If it was not you, do nothing: everything stays as it is.',
    ],
  })
  try {
    await send(mail)
  } catch (error) {
    await deleteLinksOf(db, user.id)
    throw error
  }
}

function words({ email, passwordHash }: { email: string; passwordHash: string | null }, platform: string) {
  return passwordHash === null
    ? {
        subject: `Set a password for ${platform}`,
        before: [`Somebody asked to set a password for ${email} on ${platform}, which has none yet.`],
      }
    : {
        subject: `Reset your password for ${platform}`,
        before: [`Somebody asked to reset the password of ${email} on ${platform}.`],
      }
}
