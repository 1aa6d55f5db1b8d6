import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import type { Files } from '#db/embedded/folder'

const Secrets = z.object({
  /** The password of the superuser `tokenry`. */
  databasePassword: z.string().regex(/^[\w-]{32,}$/),
  authSecret: z.string().min(32),
  /** As in the variable SEAL_KEYS. */
  sealKeys: z.string().min(1),
})

export type Secrets = z.infer<typeof Secrets>

const make = (): Secrets => ({
  databasePassword: randomBytes(32).toString('base64url'),
  authSecret: randomBytes(32).toString('base64url'),
  sealKeys: `k1:${randomBytes(32).toString('base64')}`,
})

/** Reads the secrets of an embedded database; undefined where there are none yet. */
export async function readSecrets(files: Files): Promise<Secrets | undefined> {
  const text = await readFile(files.secrets, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    return Secrets.parse(JSON.parse(text))
  } catch {
    // What the parser says could quote the file.
    throw new Error(`${files.secrets} is damaged: put its backup back.`)
  }
}

/** Makes the secrets of an embedded database for its owner's eyes only; the caller holds the lock and found none. */
export async function makeSecrets(files: Files): Promise<Secrets> {
  const secrets = make()
  const partial = `${files.secrets}.new`
  const file = await open(partial, 'w', 0o600)
  await file.chmod(0o600)
  await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
  await file.sync()
  await file.close()
  await rename(partial, files.secrets)
  return secrets
}
