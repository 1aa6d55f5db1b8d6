import { join } from 'node:path'
import { clearEmbeddedData } from '#db/embedded/clear'
import { parseEnv } from '#lib/env'
import { buildDesk } from '#scripts/build-desk'
import { ROOT } from '#scripts/run'

async function prepare(): Promise<void> {
  if (process.env['DATABASE_URL']) {
    console.log('The demo leaves the database at DATABASE_URL alone and uses its own.')
    delete process.env['DATABASE_URL']
  }
  const parsed = parseEnv(process.env)
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  if (process.argv.includes('--fresh')) await clearEmbeddedData({ dataDir: join(parsed.env.dataDir, 'demo') })
  if (!(await buildDesk()).ok) throw new Error('The build has failed; what it says above tells why.')
}

try {
  await prepare()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
// In this process, so that signals find it.
process.argv.push('--demo')
await import(join(ROOT, 'server.ts'))
