import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LEFT_OUT } from '#db/backup/tables'
import { writeBackup } from '#db/backup/write'
import { describeRows } from '#lib/backup/words'
import { openDatabase } from '#scripts/open-database'
import { runCommand } from '#scripts/run-command'
import { showRows } from '#scripts/show-rows'

// Writes everything that is in the database into one file, while servers use it or while none does.

const NOT_IN_IT = [
  ...Object.values(LEFT_OUT),
  'reveals that are not finished: a secret that came through works, one that was lost on the way stays lost',
  'AUTH_SECRET: a new one does no harm',
  'SEAL_KEYS: keep them in another place; without them nothing that was sealed can be opened',
]

function parameters() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { demo: { type: 'boolean' } } })
    if (positionals.length <= 1) return { demo: values.demo === true, file: positionals[0] }
  } catch {
    // An option that does not exist.
  }
  throw new Error('Usage: npm run backup [-- [--demo] <file>]')
}

function sizeOf(bytes: number): string {
  const format = (value: number, unit: string) => `${value.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`
  return bytes < 1e6 ? format(bytes / 1e3, 'kB') : format(bytes / 1e6, 'MB')
}

await runCommand(async () => {
  const now = new Date()
  const { demo, file = `tokenry-${now.toISOString().slice(0, 19).replaceAll(':', '-')}.backup.gz` } = parameters()
  // npm runs scripts in the project's folder, and people mean the one that they are in.
  const path = resolve(process.env['INIT_CWD'] ?? '.', file)
  const database = await openDatabase({ demo, make: false })
  const progress = showRows('Writing')
  try {
    const { rows, foreign, size } = await writeBackup(database.url, path, { now, onRows: progress.show })
    progress.end()
    console.log(`${path}\n${sizeOf(size)}: ${describeRows(rows)}, as they were at ${now.toISOString()}.`)
    const missing = [...NOT_IN_IT, ...foreign.map((table) => `the table ${table}, which is not Tokenry's`)]
    console.log(`Not in it:\n${missing.map((each) => `  - ${each}`).join('\n')}`)
  } finally {
    progress.end()
    await database.stop()
  }
})
