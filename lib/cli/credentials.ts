import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import envPaths from 'env-paths'
import { z } from 'zod'
import { readAddress } from '#lib/cli/address'
import { EXIT, Refusal } from '#lib/cli/exit-codes'

const Credentials = z.object({ url: z.url(), token: z.string().min(1) })
/** Where Tokenry is, and the token that the command acts with. */
export type Credentials = z.infer<typeof Credentials>

/** The file in the system's own folder for settings that holds them. */
export const credentialsFile = () => join(envPaths('tokenry', { suffix: '' }).config, 'credentials.json')

/**
 * TOKENRY_URL and TOKENRY_TOKEN, each before what `tokenry login` kept. They go together: a token that was kept for one
 * address is never sent to another.
 * @throws Refusal
 */
export async function findCredentials(env: NodeJS.ProcessEnv = process.env): Promise<Credentials> {
  const { TOKENRY_URL: url, TOKENRY_TOKEN: token } = env
  const kept = url && token ? null : await readKept()
  const found = { url: url || kept?.url, token: token || (url && url !== kept?.url ? undefined : kept?.token) }
  const parsed = Credentials.safeParse(found)
  if (parsed.success) return { ...parsed.data, url: readAddress(parsed.data.url) }
  const missing = found.url === undefined ? 'which Tokenry to ask' : 'a token for it'
  throw new Refusal(
    EXIT.unauthenticated,
    `It is not known ${missing}. Run \`tokenry login <url>\`, or set TOKENRY_URL and TOKENRY_TOKEN.`,
  )
}

async function readKept(): Promise<Credentials | null> {
  const text = await readFile(credentialsFile(), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return Credentials.parse(JSON.parse(text))
  } catch {
    throw new Refusal(EXIT.failed, `${credentialsFile()} cannot be read. Run \`tokenry login <url>\` again.`)
  }
}

/** Keeps them in a file that its owner alone can read: whole, or as it was. */
export async function keepCredentials(credentials: Credentials): Promise<void> {
  const file = credentialsFile()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${process.pid}`
  await writeFile(unfinished, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  await chmod(unfinished, 0o600)
  await rename(unfinished, file)
}

/** Forgets them. */
export const forgetCredentials = () => rm(credentialsFile(), { force: true })
