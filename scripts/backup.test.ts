import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { copies, newFile, openSql } from '#db/backup/testing'
import { filledDatabase } from '#db/testing/filled-database'
import { emptyDatabase } from '#db/testing/release'
import { ROOT } from '#scripts/run'

// Each makes databases and starts programs, and other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 })

/** Runs a command as npm does, without a terminal. */
async function command(name: 'backup' | 'restore', url: string, ...args: string[]) {
  // Of what is set, only what makes Node load modules faster.
  const { PATH, NODE_OPTIONS, NODE_COMPILE_CACHE } = process.env
  const env = { PATH, NODE_OPTIONS, NODE_COMPILE_CACHE, DATABASE_URL: url, NODE_ENV: 'test' as const }
  const ran = promisify(execFile)(process.execPath, [`scripts/${name}.ts`, ...args], { cwd: ROOT, env })
  return ran.then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, text: stdout + stderr }),
  )
}

test('the commands take a backup and restore it, and say what comes back and what does not', async () => {
  const { url, sql } = await filledDatabase()
  const path = await newFile()
  const taken = await command('backup', url, path)
  expect(taken).toMatchObject({ code: 0 })
  expect(taken.text).toContain(`${path}\n`)
  expect(taken.text).toContain('3 organizations, 1 user, 8 tokens, 2 audit events, as they were at')
  const missing = ['sign-ins', 'one-time links', 'counts of failed passwords', 'reveals', 'AUTH_SECRET', 'SEAL_KEYS']
  for (const each of missing) expect(taken.text).toContain(`  - ${each}`)
  await sql`update tokens set revoked_at = '2026-11-23 10:00:00Z' where name = 'Alive'`

  expect(await command('restore', url, path)).toMatchObject({ code: 1, text: expect.stringContaining('add --replace') })
  const unasked = await command('restore', url, '--replace', path)
  expect(unasked).toEqual({
    code: 1,
    text: '--replace asks on a terminal before it replaces anything: without one, add --yes.\n',
  })
  const restored = await command('restore', url, '--replace', '--yes', '--revoke-again', path)
  expect(restored).toMatchObject({ code: 0 })
  expect(restored.text).toContain('takes the place of 3 organizations, 1 user and 8 tokens')
  expect(restored.text).toContain('  2026-11-23T10:00:00.000Z  revoked  Alive00000000000  Alive, of Alder\n')
  expect(restored.text).toContain('Everybody signs in again.\nRevoked again: 1.\n')

  const beside = await command('restore', await emptyDatabase(), path)
  expect(beside).toMatchObject({ code: 0, text: expect.stringContaining('add --compare <its URL>') })
})

test('what the commands do not understand is told, and nothing is done', async () => {
  const { url } = await filledDatabase()
  for (const args of [['--replce', 'x'], ['x', 'y'], []])
    expect(await command('restore', url, ...args)).toMatchObject({ code: 1, text: expect.stringMatching(/^Usage: /) })
  expect(await command('backup', url, 'x', 'y')).toMatchObject({ code: 1, text: expect.stringMatching(/^Usage: /) })
  expect(await command('backup', 'mysql://x')).toMatchObject({
    code: 1,
    text: expect.stringMatching(/^DATABASE_URL must/),
  })
})

/** Why PostgreSQL's own programs cannot be tried on this run's server; null: they can. */
function hindrance(): string | null {
  try {
    const found = Number(/(\d+)\./.exec(execFileSync('pg_dump', ['--version']).toString())?.[1])
    execFileSync('psql', ['--version'])
    return found >= 18 ? null : `skipped: pg_dump is of ${found}, and the server of 18`
  } catch {
    return 'skipped: there is no pg_dump and psql here'
  }
}
const why = hindrance()

test.skipIf(why !== null)(
  `pg_dump and psql carry a database over whole${why === null ? '' : ` (${why})`}`,
  async () => {
    const { url, sql } = await filledDatabase()
    const empty = await emptyDatabase()
    const run = promisify(execFile)
    const shell = (text: string) =>
      run('sh', ['-ec', text], { env: { ...process.env, DATABASE_URL: url, EMPTY_URL: empty, FILE: file } })
    const file = await newFile()
    await shell('pg_dump --no-owner "$DATABASE_URL" > "$FILE"')
    await shell('psql --single-transaction -v ON_ERROR_STOP=1 "$EMPTY_URL" < "$FILE"')
    expect(await copies(openSql(empty))).toEqual(await copies(sql))
  },
)
