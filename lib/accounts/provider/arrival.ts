import { AsyncLocalStorage } from 'node:async_hooks'
import type { Proof } from '#lib/accounts/provider/arrive'

/** One return from the provider while next-auth deals with it. */
export type Arrival = {
  /** Does what it was for; gives the session that was begun, if one was. */
  readonly arrive: (proof: Proof) => Promise<string | null>
  /** The `error` that the provider led back with; null where it gave a code. */
  readonly answered: string | null
  /** What next-auth met instead. */
  failure?: Error
}

/** Through next-auth, which passes nothing on: from the route to its callbacks and back. */
export const arrivals = new AsyncLocalStorage<Arrival>()
