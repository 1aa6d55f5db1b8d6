import type { Command } from 'commander'
import { confirm } from '#lib/cli/ask-people'
import { knownClient } from '#lib/cli/client'
import { printJson, say } from '#lib/cli/print'
import { pathOf, Token } from '#lib/cli/token'

type Json = { readonly json?: boolean }
type Yes = { readonly yes?: boolean }

/** `tokenry tokens revoke`. */
export function addRevoke(command: Command): void {
  command
    .argument('<id>')
    .option('--reason <text>', 'why, for the audit trail')
    .option('--leaked', 'somebody else may hold its secret: it can never be restored')
    .option('--yes', 'do not ask first')
    .action(async (id: string, { json, yes, ...body }: Json & Yes & { reason?: string; leaked?: boolean }) => {
      const client = await knownClient()
      const { name } = await client.read(Token, 'GET', pathOf(id))
      await confirm(`Revoke "${name}"? Whatever uses it stops working at once.`, yes === true)
      tell(await client.read(Token, 'POST', `${pathOf(id)}/revoke`, { body }), 'revoked', json)
    })
}

/** `tokenry tokens restore`. */
export function addRestore(command: Command): void {
  command.argument('<id>').action(async (id: string, { json }: Json) => {
    const client = await knownClient()
    tell(await client.read(Token, 'POST', `${pathOf(id)}/restore`), 'restored', json)
  })
}

/** `tokenry tokens delete`. */
export function addDelete(command: Command): void {
  command
    .argument('<id>')
    .option('--yes', 'do not ask first')
    .action(async (id: string, { json, yes }: Json & Yes) => {
      const client = await knownClient()
      const { name } = await client.read(Token, 'GET', pathOf(id))
      await confirm(`Delete "${name}"? This cannot be undone.`, yes === true)
      await client.ask('DELETE', pathOf(id))
      if (json) printJson({ tokenId: id, deleted: true })
      else say(`"${name}" is deleted.`)
    })
}

function tell(token: Token, what: string, json: boolean | undefined): void {
  if (json) printJson(token)
  else say(`"${token.name}" is ${what}.`)
}
