import { findPlatform } from '#db/queries/organizations'
import { database } from '#lib/database'

/** The platform's name, which everybody may read on the way in; null before set-up. */
export const findPlatformName = async () => (await findPlatform(database()))?.name ?? null
