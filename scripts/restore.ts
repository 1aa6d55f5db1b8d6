import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type Decision, type Outlook, restore, revocable } from '#lib/backup/restore'
import { describeOutlook, describeRows } from '#lib/backup/words'
import { openDatabase } from '#scripts/open-database'
import { runCommand } from '#scripts/run-command'
import { showRows } from '#scripts/show-rows'

// Puts a backup into an empty database, or with --replace in the place of what the database holds.

const USAGE =
  'Usage: npm run restore -- [--demo] [--replace] [--compare <URL of the old database>] [--revoke-again] [--yes] <file>'

function parameters() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        demo: { type: 'boolean', default: false },
        replace: { type: 'boolean', default: false },
        compare: { type: 'string' },
        'revoke-again': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
      },
    })
    const [file] = positionals
    if (file !== undefined && positionals.length === 1) return { ...values, file }
  } catch {
    // An option that does not exist.
  }
  throw new Error(USAGE)
}

const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await terminal.question(question)).trim().toLowerCase()
  } finally {
    terminal.close()
  }
}

async function decide(outlook: Outlook, options: ReturnType<typeof parameters>): Promise<Decision> {
  console.log(describeOutlook(outlook))
  const wanted = options['revoke-again'] ? 'restore and revoke again' : 'restore'
  const again = revocable(outlook).length
  if (options.yes || !isTerminal || (outlook.holds === null && again === 0)) return wanted
  if (options['revoke-again'] || again === 0) return (await ask('Restore it? [y/N] ')).startsWith('y') ? wanted : 'stop'
  const answer = await ask(`Restore it? [r] and revoke again what had ended (${again}), [y] as it was, [N]o: `)
  if (answer.startsWith('r')) return 'restore and revoke again'
  return answer.startsWith('y') ? 'restore' : 'stop'
}

await runCommand(async () => {
  const options = parameters()
  if (options.replace && !options.yes && !isTerminal)
    throw new Error('--replace asks on a terminal before it replaces anything: without one, add --yes.')
  const database = await openDatabase({ demo: options.demo, make: true })
  const progress = showRows('Loading')
  try {
    const restored = await restore(database.url, {
      // npm runs scripts in the project's folder, and people mean the one that they are in.
      path: resolve(process.env['INIT_CWD'] ?? '.', options.file),
      now: new Date(),
      replace: options.replace,
      compareUrl: options.compare,
      onRows: progress.show,
      decide: (outlook) => {
        progress.end()
        return decide(outlook, options)
      },
    })
    progress.end()
    if (restored === null) {
      console.log('Nothing was restored: the database is as it was.')
      process.exitCode = 1
      return
    }
    console.log(`Restored: ${describeRows(restored.rows)}. Everybody signs in again.`)
    if (options['revoke-again'] || restored.revokedAgain > 0) console.log(`Revoked again: ${restored.revokedAgain}.`)
  } finally {
    progress.end()
    await database.stop()
  }
})
