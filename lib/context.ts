import type { Database } from '#db/client'
import type { Actor, AnyActor } from '#lib/authorization'
import type { Clock } from '#lib/clock'
import type { SealKey } from '#lib/env/variables'

/** What every verb is given besides its input. */
export type Context = {
  readonly db: Database
  readonly actor: Actor
  readonly clock: Clock
  /** The prefix that secrets are minted under. */
  readonly prefix: string
  /** What seals secrets under policy `anytime`, newest first; none: nothing is kept. */
  readonly sealKeys: readonly SealKey[]
}

/** The same for verbs that tokens act through too. */
export type AnyContext = Omit<Context, 'actor'> & { readonly actor: AnyActor }
