import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Files, prepareFolder } from '#db/embedded/folder'
import { makeSecrets, readSecrets } from '#db/embedded/secrets'

let files: Files

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tokenry-secrets-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  files = await prepareFolder(folder, undefined)
})

test('secrets are read back as they were made, and differ from folder to folder', async () => {
  expect(await readSecrets(files)).toBeUndefined()
  const made = await makeSecrets(files)
  expect(await readSecrets(files)).toEqual(made)
  expect(await makeSecrets(files)).not.toEqual(made)
})

test('a damaged file is told by its name and never quoted', async () => {
  await writeFile(files.secrets, '{"databasePassword": "hunter2", ')
  await expect(readSecrets(files)).rejects.toThrow(`${files.secrets} is damaged`)
  await expect(readSecrets(files)).rejects.not.toThrow('hunter2')
})
