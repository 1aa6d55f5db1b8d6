import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '#scripts/run'
import { offencesOf } from '#scripts/server-actions'

const SOURCES = ['app', 'components', 'lib']

async function sources(): Promise<{ path: string; source: string }[]> {
  const found = await Promise.all(
    SOURCES.map(async (folder) => {
      const paths = await readdir(join(ROOT, folder), { recursive: true })
      return paths
        .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
        .map((path) => join(folder, path))
    }),
  )
  return Promise.all(found.flat().map(async (path) => ({ path, source: await readFile(join(ROOT, path), 'utf8') })))
}

test('every exported server action is made by formAction, and none is the action of a form', async () => {
  const all = await sources()
  expect(all.filter(({ source }) => source.startsWith("'use server'")).length).toBeGreaterThan(3)
  const offences = all.flatMap(({ path, source }) => offencesOf(path, source).map((offence) => `${path}: ${offence}`))
  expect(offences).toEqual([])
})

test.each([
  ["'use server'\nexport async function all() {}"],
  ["'use server'\nexport const all = async () => {}"],
  ["'use server'\nexport const all = formAction(Schema, verb)"],
  ["'use server'\nexport const all = formAction('other', Schema, verb)"],
  ["'use server'\nexport const all = wrap(formAction('all', Schema, verb))"],
  ["'use server'\nconst all = 1\nexport { all }"],
  ["'use server'\nexport * from './more'"],
  ["'use server'\nexport default formAction('all', Schema, verb)"],
  ["'use server'\n  export const all = 1"],
  ["import a from 'a'\n'use server'\nexport const all = formAction('all', Schema, verb)"],
  ["export default () => <Show all={async () => { 'use server' }} />"],
  ['const [state, run] = useActionState(all, null)'],
  ['<form action={all}>'],
  ['<form\n  onSubmit={(event) => event.timeStamp > 1}\n  action={all}\n>'],
  ['<form {...more}>'],
  ['<Form action={all}>'],
  ['<button type="submit" formAction={all}>'],
])('refused: %s', (source) => {
  expect(offencesOf('app/x/actions.ts', source)).not.toEqual([])
})

test.each([
  ["'use server'\nimport a from 'a'\nexport type A = string\nexport const all = formAction('all', Schema, verb)"],
  ["'use server'\nexport const all = publicFormAction('all', Schema, async (input) => {\n  return input\n})"],
  ["'use server'\nexport const all = formAction(\n  'all',\n  Schema,\n  verb,\n)"],
  ['<form onSubmit={(event) => event.timeStamp > 1} noValidate>\n<Empty action={<Button />} />'],
])('allowed: %s', (source) => {
  expect(offencesOf('app/x/actions.ts', source)).toEqual([])
})

test('no action is made outside of app', () => {
  expect(offencesOf('lib/x.ts', "'use server'\nexport const all = formAction('all', Schema, verb)")).not.toEqual([])
})
