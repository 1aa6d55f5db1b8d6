import type { Transaction } from '#db/client'
import { shareScopeRows } from '#db/queries/scopes'
import { BUILT_IN_SCOPES } from '#lib/scopes/effective'

const BUILT_IN: readonly string[] = BUILT_IN_SCOPES.map(({ name }) => name)

/**
 * Keeps the scopes that something is to be given from being removed until the transaction ends. It judges nothing: one
 * that was removed meanwhile is found gone by whoever reads what is defined after this. Taken when organizations are
 * held, and before API users and tokens are.
 */
export async function shareScopes(tx: Transaction, scopes: readonly string[] = []): Promise<void> {
  const defined = scopes.filter((scope) => !BUILT_IN.includes(scope))
  if (defined.length > 0) await shareScopeRows(tx, defined)
}
