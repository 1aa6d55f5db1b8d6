import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { VERIFIER_FLAGS } from '#lib/server/verifier-flags'

const Package = z.object({ scripts: z.object({ verifier: z.string() }) })

test('npm run verifier tells Node what is told where the desk starts one', async () => {
  const text = await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8')
  const { scripts } = Package.parse(JSON.parse(text))
  expect(scripts.verifier.split(' ').filter((word) => word.startsWith('--max'))).toEqual(VERIFIER_FLAGS)
})
