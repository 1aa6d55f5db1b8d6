import type { Command } from 'commander'
import { z } from 'zod'
import { collect, knownClient, listAll } from '#lib/cli/client'
import { ORGANIZATION, type Organization } from '#lib/cli/options'
import { print, printTable, say } from '#lib/cli/print'

const PAGE = 1_000

const Row = z.looseObject({ start: z.string(), requests: z.number(), active: z.number(), refused: z.number() })

type Options = Organization & {
  readonly json?: boolean
  readonly from?: string
  readonly to?: string
  readonly interval: string
  readonly groupBy?: string
}

/** `tokenry usage`. */
export function addUsage(program: Command): void {
  program
    .command('usage')
    .description('tell how tokens were used')
    .option('--from <time>', 'a date, meaning its start in UTC, or a date-time; else 7 days ago')
    .option('--to <time>', 'up to then, which is not part of it; else now')
    .option('--interval <length>', 'hour or day', 'day')
    .option('--group-by <what>', 'token, outcome, endpoint, resource, ip or userAgent')
    .addOption(ORGANIZATION())
    .option('--json', 'print JSON for programs, a row a line')
    .action(async ({ json, groupBy, ...query }: Options) => {
      const client = await knownClient()
      const rows = listAll(client, Row, '/api/v1/usage', {
        query: { ...query, groupBy },
        atMost: Number.POSITIVE_INFINITY,
        pageSize: PAGE,
      })
      if (json) for await (const row of rows) print(JSON.stringify(row))
      else printRows(await collect(rows), groupBy)
    })
}

function printRows(rows: readonly z.infer<typeof Row>[], groupBy: string | undefined): void {
  if (rows.length === 0) {
    say('No requests in this time.')
    return
  }
  const group = groupBy === undefined ? [] : [groupBy]
  printTable(
    ['START', ...group.map((name) => name.toUpperCase()), 'REQUESTS', 'ACTIVE', 'REFUSED'],
    rows.map(({ start, requests, active, refused, ...more }) => [
      start,
      ...group.map((name) => String(more[name] ?? '')),
      ...[requests, active, refused].map(String),
    ]),
  )
}
