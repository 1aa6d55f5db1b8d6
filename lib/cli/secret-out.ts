import { open, rm } from 'node:fs/promises'
import { EXIT, Refusal } from '#lib/cli/exit-codes'
import { print, say } from '#lib/cli/print'

/** Where a secret is to go: nowhere unless one asks for it. */
export type SecretOut = { readonly showSecret?: boolean; readonly secretFile?: string }

export const isWanted = ({ showSecret, secretFile }: SecretOut) => showSecret === true || secretFile !== undefined

/**
 * Puts a secret where it is wanted. A file is made, readable by its owner alone, before `get` asks for what comes once
 * only, and is gone again where that failed.
 * @throws Refusal where the file cannot be made anew
 */
export async function putSecret<T extends { readonly secret: string }>(
  { secretFile }: SecretOut,
  get: () => Promise<T>,
): Promise<T> {
  if (secretFile === undefined) {
    const got = await get()
    print(got.secret)
    return got
  }
  const file = await open(secretFile, 'wx', 0o600).catch(({ code }: NodeJS.ErrnoException) => {
    const why = code === 'EEXIST' ? 'is there already' : `cannot be written (${code})`
    throw new Refusal(EXIT.usage, `${secretFile} ${why}. Nothing was asked of the server.`)
  })
  try {
    const got = await get()
    await file.writeFile(`${got.secret}\n`)
    say(`The secret is in ${secretFile}, readable by you alone.`)
    return got
  } catch (error) {
    await rm(secretFile, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
