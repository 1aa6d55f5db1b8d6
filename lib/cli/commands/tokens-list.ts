import { type Command, InvalidArgumentError } from 'commander'
import { collect, knownClient, listAll } from '#lib/cli/client'
import { ORGANIZATION, type Organization } from '#lib/cli/options'
import { printJson, say } from '#lib/cli/print'
import { printTokens, TOKENS, Token } from '#lib/cli/token'

const PAGE = 100

type Options = Organization & {
  readonly json?: boolean
  readonly limit: number
  readonly search?: string
  readonly status?: string
  readonly sort?: string
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number.')
}

/** `tokenry tokens list`: all of them, page after page, unless told how many. */
export function addList(command: Command): void {
  command
    .addOption(ORGANIZATION())
    .option('--search <text>', 'only those with this in their name or id')
    .option('--status <status>', 'only active, revoked or expired ones')
    .option('--sort <column>', 'name, created, lastUsed or expires; -created for the newest first')
    .option('--limit <count>', 'so many at most', readCount, Number.POSITIVE_INFINITY)
    .action(async ({ json, limit, ...query }: Options) => {
      const client = await knownClient()
      const found = await collect(listAll(client, Token, TOKENS, { query, atMost: limit, pageSize: PAGE }))
      if (json) printJson(found)
      else if (found.length === 0) say('No tokens match.')
      else printTokens(found)
    })
}
