import type { Database } from '#db/client'
import { wipeOverdueRevealSalts } from '#db/queries/token-secrets'
import type { Clock } from '#lib/clock'

/** Wipes what secrets were derived from once their ten minutes are over, whether or not anybody pressed Done. */
export const endOverdueReveals = (db: Database, clock: Clock): Promise<void> => wipeOverdueRevealSalts(db, clock())
