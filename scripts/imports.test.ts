import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ROOT } from '#scripts/run'

/** Whether our linter refuses a file at that path that imports this. */
async function isRefused(path: string, imported: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenry-imports-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const settings = JSON.parse(await readFile(join(ROOT, 'biome.json'), 'utf8'))
  await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...settings, vcs: { enabled: false } }))
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'))
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), `import { it } from '${imported}'\n\nexport const used = it\n`)
  const lint = promisify(execFile)(join(ROOT, 'node_modules/.bin/biome'), ['lint', path], { cwd: folder })
  return lint.then(
    () => false,
    (error: { stdout?: string; stderr?: string }) => {
      expect(`${error.stdout}${error.stderr}`).toContain('noRestrictedImports')
      return true
    },
  )
}

test.each([
  ['db/queries/tokens.ts', '#lib/errors'],
  ['db/queries/tokens.ts', 'react'],
  ['lib/tokens/create.ts', '#components/ui/button'],
  ['lib/tokens/create.ts', 'next/cache'],
  ['lib/tokens/create.ts', 'drizzle-orm'],
  ['lib/verification/decide.ts', 'next/headers'],
  ['components/tokens/token-table.tsx', '#lib/tokens/create'],
  ['components/tokens/token-table.tsx', '#db/client'],
  ['components/ui/button.tsx', '../../app/page'],
  ['app/page.tsx', '#db/client'],
])('%s may not import %s', async (path, imported) => {
  expect(await isRefused(path, imported)).toBe(true)
})

test.each([
  ['db/queries/tokens.ts', '#db/client'],
  ['lib/tokens/create.ts', '#db/queries/tokens'],
  ['lib/action.ts', 'next/cache'],
  ['components/tokens/token-table.tsx', '#lib/tokens/schema'],
  ['components/tokens/token-table.tsx', '#lib/tokens/view'],
  ['app/page.tsx', '#lib/actor'],
])('%s may import %s', async (path, imported) => {
  expect(await isRefused(path, imported)).toBe(false)
})
