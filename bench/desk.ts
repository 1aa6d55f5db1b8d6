import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { createDatabase, withDatabase } from '#db/testing/databases'
import { startServer } from '#e2e/support/start-server'

/** The real server as built, with the sample data, on a PostgreSQL of its own; ends with `resources`. */
export async function startDesk(
  resources: AsyncDisposableStack,
): Promise<{ url: string; databaseUrl: string; pid: number | undefined }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tokenry bench '))
  resources.defer(() => rm(dataDir, { recursive: true, force: true }))
  const embedded = await startEmbeddedDatabase({ dataDir, say: () => {} })
  resources.defer(() => rm(embedded.dataPath, { recursive: true, force: true }))
  resources.defer(() => embedded.stop())
  const databaseUrl = withDatabase(embedded.url, 'desk')
  await createDatabase(embedded.url, 'desk')
  const server = await startServer({ name: 'bench', database: { url: databaseUrl }, demo: true, noted: false })
  resources.defer(() => server.stop())
  return { url: server.url, databaseUrl, pid: server.pid }
}

/** `npm run verifier` on that database; ends with `resources`. Gives its address. */
export async function startVerifier(resources: AsyncDisposableStack, databaseUrl: string): Promise<string> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, VERIFIER_PORT: '0', HOST: '127.0.0.1' }
  const child = spawn('node', ['verifier.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  resources.defer(async () => {
    child.kill()
    await ended
  })
  return new Promise((ready, failed) => {
    child.stdout.on('data', (chunk) => {
      const [, address] = /ready at (\S+)/.exec(String(chunk)) ?? []
      if (address !== undefined) ready(address)
    })
    child.once('exit', (code) => failed(new Error(`the verifier ended with ${code}`)))
  })
}
