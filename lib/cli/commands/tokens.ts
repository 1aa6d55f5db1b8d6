import type { Command } from 'commander'
import { addDelete, addRestore, addRevoke } from '#lib/cli/commands/tokens-life'
import { addList } from '#lib/cli/commands/tokens-list'
import { addCreate, addReveal, addRotate } from '#lib/cli/commands/tokens-secrets'

/** `tokenry tokens list|create|reveal|rotate|revoke|restore|delete`. */
export function addTokens(program: Command): void {
  const tokens = program.command('tokens').description('manage tokens of an organization')
  const add = (name: string, what: string) =>
    tokens.command(name).description(what).option('--json', 'print JSON for programs')
  addList(add('list', 'list them'))
  addCreate(add('create', 'create one, which has no secret until it is revealed'))
  addReveal(add('reveal', 'mint the secret of one and print it, this once'))
  addRotate(add('rotate', 'give one a new secret; the old one keeps working for the overlap'))
  addRevoke(add('revoke', 'have every verifier refuse one from now on'))
  addRestore(add('restore', 'have a revoked one work again with the same secret'))
  addDelete(add('delete', 'delete one for good'))
}
