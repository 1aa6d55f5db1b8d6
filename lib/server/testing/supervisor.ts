import { createLog } from '#lib/log'
import { runServer } from '#lib/server/run-server'
import { superviseVerifiers } from '#lib/server/supervise'

/** A server that does nothing but supervise as many verifiers as it is told, on the database at DATABASE_URL. */
await runServer(async (resources) => {
  const { verifiers, stop } = await superviseVerifiers({
    count: Number(process.argv[2]),
    firstPort: Number(process.argv[3]),
    host: '127.0.0.1',
    databaseUrl: process.env['DATABASE_URL'] ?? '',
    log: createLog('info'),
  })
  resources.defer(stop)
  process.stdout.write(`${JSON.stringify({ verifiers: verifiers() })}\n`)
})
