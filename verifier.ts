import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { joinEmbeddedDatabase } from '#db/embedded/start'
import { untilMigrated } from '#db/until-migrated'
import { findVerifierRole } from '#db/verifier-role'
import { type Env, parseEnv } from '#lib/env'
import { createLog } from '#lib/log'
import { openMetrics } from '#lib/metrics'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { drain } from '#lib/server/drain'
import { listen } from '#lib/server/listen'
import { serveMetrics } from '#lib/server/metrics-route'
import { addressOf, openHttp } from '#lib/server/open-http'
import { runServer } from '#lib/server/run-server'
import { answerAndClose } from '#lib/verification/body'
import { openVerifier } from '#lib/verification/open'

// The verifier alone, beside a desk: what pages and sign-ins cost does not touch it. It waits for the desk's database
// and never makes, starts or changes one.

const NOTHING_HERE = problem(404, 'not_found', 'There is nothing here.')

function environment(): Env {
  const parsed = parseEnv(process.env, { signsIn: false })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.env
}

async function findDatabase({ databaseUrl, dataDir }: Env, resources: AsyncDisposableStack): Promise<string> {
  if (databaseUrl !== undefined) return databaseUrl
  let database = await joinEmbeddedDatabase({ dataDir })
  if (database === undefined) console.log(`Waiting for a desk on ${dataDir}.`)
  while (database === undefined) {
    await pause(1_000)
    database = await joinEmbeddedDatabase({ dataDir })
  }
  resources.defer(database.stop)
  return database.url
}

async function start(resources: AsyncDisposableStack): Promise<void> {
  const env = environment()
  const databaseUrl = await findDatabase(env, resources)
  await untilMigrated(databaseUrl, console.log)
  // It would change the name of the socket that the URL leads to.
  delete process.env['PGPORT']

  const verifier = await openVerifier({
    databaseUrl,
    name: env.verifierName ?? `${hostname()}:${env.verifierPort}`,
    role: await findVerifierRole(databaseUrl),
    prefixes: env.tokenPrefixes,
    trustedProxies: env.trustedProxies,
    entriesAtMost: env.factsCacheEntries,
    log: createLog(env.logLevel ?? 'info'),
  })
  resources.defer(() => verifier.close())
  await verifier.heard
  const metrics = openMetrics(verifier)
  const server = openHttp((request, response) => {
    if (verifier.handle(request, response)) return
    if (serveMetrics(request, response, { metrics, token: env.metricsToken })) return
    answerAndClose(request, response, 404, { 'content-type': PROBLEM_JSON }, JSON.stringify(NOTHING_HERE))
  })
  resources.defer(() => drain(server, 10_000))
  const port = await listen(server, env.verifierPort, env.host)
  // Whoever supervises it says so.
  if (process.send) process.send({ port })
  else console.log(`Tokenry's verifier is ready at ${addressOf(env.host, port)}`)
}

// It ends in order with the desk that supervises it, however that ends.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
if (!process.send || process.connected) await runServer(start)
