import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { statusOfMe } from './support/api'
import { ofThisRun } from './support/run'
import { expect, test } from './support/test'
import { makeRevealedToken } from './support/tokens'
import { noteSight } from './support/traffic'

type Ended = { readonly code: number; readonly out: string; readonly told: string }

/** Runs the command with these words, as whoever has nothing but a settings folder and the environment. */
function run(words: readonly string[], env: Readonly<Record<string, string>>, input = ''): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      ['scripts/tokenry.js', ...words],
      { env: { NODE_ENV: 'production', PATH: process.env['PATH'], ...env } },
      (error, out, told) => done({ code: error === null ? 0 : Number(error.code), out, told }),
    )
    child.stdin?.end(input)
  })
}

test('the command keeps a token, makes another, uses it, tells of usage, and revokes it', async ({ elm }) => {
  await using resources = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'tokenry command '))
  resources.defer(() => rm(folder, { recursive: true, force: true }))
  const url = ofThisRun('E2E_BASE_URL')
  const at = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') }
  const { secret } = await makeRevealedToken(elm, 'Scripts', {
    scopes: ['data:read', 'reports:read', 'tokens:read', 'tokens:write'],
  })

  expect(await run(['tokens', 'list'], at)).toMatchObject({ code: 3, out: '' })
  expect(await run(['login', url], at, 'tok_no_secret')).toMatchObject({ code: 3 })
  expect((await run(['login', url], at, secret)).told).toContain('you act with "Scripts"')
  expect((await stat(join(folder, 'config/tokenry/credentials.json'))).mode & 0o777).toBe(0o600)

  const file = join(folder, 'secret.txt')
  const made = await run(['tokens', 'create', 'Importer', '--expires', '30d', '--secret-file', file], at)
  expect(made).toMatchObject({ code: 0, out: '' })
  const opened = (await readFile(file, 'utf8')).trim()
  noteSight({ part: 'secret made by a verb', where: 'Importer', text: opened })
  expect(made.told).not.toContain(opened)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await statusOfMe(opened)).toBe(200)
  expect(await run(['tokens', 'create', 'Importer'], at)).toMatchObject({ code: 6, out: '' })

  const list = await run(['tokens', 'list', '--json', '--search', 'importer'], at)
  const [{ tokenId }] = JSON.parse(list.out)
  expect((await run(['tokens', 'list'], at)).out).toMatch(new RegExp(`^ID .*\\n[^]*${tokenId}  Importer  tok_org_`))
  await expect
    .poll(async () => (await run(['usage', '--group-by', 'token'], at)).out, { timeout: 10_000 })
    .toMatch(new RegExp(`${tokenId} +1 +1 +0`))

  expect(await run(['tokens', 'revoke', tokenId], at)).toMatchObject({ code: 2, out: '' })
  expect(await run(['tokens', 'revoke', tokenId, '--yes'], at)).toMatchObject({ code: 0 })
  await expect.poll(() => statusOfMe(opened), { timeout: 2_000 }).toBe(401)
  expect(await run(['tokens', 'restore', tokenId], at)).toMatchObject({ code: 0 })
  expect(await run(['tokens', 'delete', tokenId, '--yes'], at)).toMatchObject({ code: 6 })
  expect(await run(['tokens', 'reveal', '0'.repeat(16)], at)).toMatchObject({ code: 5, out: '' })
  expect(await run(['tokens', 'paint'], at)).toMatchObject({ code: 2 })
  expect(await run(['tokens', 'list'], { ...at, TOKENRY_URL: 'http://127.0.0.1:9', TOKENRY_TOKEN: 'x' })).toMatchObject(
    { code: 7 },
  )
  await run(['logout'], at)
  expect(await run(['tokens', 'list'], at)).toMatchObject({ code: 3 })
})
