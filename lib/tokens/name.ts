import type { Transaction } from '#db/client'
import { findTakenName } from '#db/queries/tokens'
import { DomainError } from '#lib/errors'
import { nameKey } from '#lib/names'

/** The refusal of a name that another token of the owner has. */
export function nameTaken(name: string): DomainError {
  const message = `A token named "${name}" exists. Choose another name.`
  return new DomainError('name_taken', message, { name: message })
}

/**
 * Refuses a name that the owner's tokens, ended ones included, have already.
 * @throws DomainError `name_taken` beside the field
 */
export async function requireFreeName(
  tx: Transaction,
  name: string,
  owner: { readonly ownerId: string; readonly exceptTokenId?: string },
): Promise<void> {
  const taken = await findTakenName(tx, { ...owner, nameKey: nameKey(name) })
  if (taken !== null) throw nameTaken(taken)
}
