import type { Command } from 'commander'
import { z } from 'zod'
import { askSecret } from '#lib/cli/ask-people'
import { knownClient } from '#lib/cli/client'
import { EXIT } from '#lib/cli/exit-codes'
import { print, printJson } from '#lib/cli/print'

const Verdict = z.union([
  z.looseObject({ active: z.literal(true), name: z.string(), tokenId: z.string(), scope: z.string() }),
  z.looseObject({ active: z.literal(false), reason: z.string() }),
])

type Options = {
  readonly json?: boolean
  readonly scope?: string
  readonly resource?: string
  readonly organization?: string
  readonly ip?: string
  readonly userAgent?: string
  readonly endpoint?: string
}

/** `tokenry verify`. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('ask whether a secret is good; it is asked for unseen, or read from standard input')
    .option('--scope <scopes>', 'for these, separated by spaces')
    .option('--resource <resource>', 'for this one, as device:meter-1')
    .option('--organization <slug or id>', 'in this one')
    .option('--ip <address>', 'from there')
    .option('--user-agent <text>', 'by this program')
    .option('--endpoint <text>', 'for this call')
    .option('--json', 'print JSON for programs')
    .action(async ({ json, ...question }: Options) => {
      const client = await knownClient()
      const token = await askSecret('Secret: ')
      const verdict = await client.read(Verdict, 'POST', '/api/v1/verify', { body: { token, ...question } })
      process.exitCode = verdict.active ? EXIT.done : EXIT.inactive
      if (json) printJson(verdict)
      else print(verdict.active ? `active: ${verdict.name} (${verdict.tokenId}), ${verdict.scope}` : verdict.reason)
    })
}
