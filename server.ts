import { existsSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { migrate } from '#db/migrate'
import { findVerifierRole } from '#db/verifier-role'
import { issueSetupLink } from '#lib/accounts/setup-link'
import { type Env, env as ownEnv, parseEnv } from '#lib/env'
import { trustedProxies } from '#lib/forwarding'
import { createLog } from '#lib/log'
import { openMail } from '#lib/mail/worker'
import { openMetrics } from '#lib/metrics'
import { openRenderer } from '#lib/reports/renderer'
import { openReports } from '#lib/reports/worker'
import { admit, isAction, refuse } from '#lib/server/admit'
import { drain } from '#lib/server/drain'
import { greeting } from '#lib/server/greeting'
import { keepHouse } from '#lib/server/housekeeping'
import { listen } from '#lib/server/listen'
import { serveMetrics } from '#lib/server/metrics-route'
import { observe } from '#lib/server/observe'
import { addressOf, openHttp } from '#lib/server/open-http'
import { openPackedFiles } from '#lib/server/packed-files'
import { hasPlainArgument, NOT_PLAIN } from '#lib/server/plain-arguments'
import { runServer } from '#lib/server/run-server'
import { share } from '#lib/server/shared'
import { readVerifiers, superviseVerifiers } from '#lib/server/supervise'
import { takeTurns } from '#lib/server/take-turns'
import { openVerifier } from '#lib/verification/open'

// The desk and the verifier in one process. `--dev` reloads on changes; `--demo` fills an empty database with samples, and
// `--large` beside it adds as many as a large installation has. `--verifiers=N` runs so many verifiers in processes of
// their own.

const dev = process.argv.includes('--dev')
const demo = process.argv.includes('--demo')
const dir = import.meta.dirname

/** Gives the desk, which reads the environment by itself, what it cannot know. */
const provide = (values: Readonly<Record<string, string>>) => Object.assign(process.env, values)

function environment() {
  const parsed = parseEnv(process.env)
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  // People at a terminal are not to be flooded.
  const logLevel = parsed.env.logLevel ?? (demo || dev ? 'warn' : 'info')
  if (!dev && !existsSync(join(dir, '.next/BUILD_ID'))) throw new Error('Tokenry is not built yet: run npm run build.')
  provide({ NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1', LOG_LEVEL: logLevel })
  return { ...parsed.env, logLevel, verifiers: readVerifiers(process.argv, parsed.env.verifierPort) }
}

async function openDatabase(env: Env, resources: AsyncDisposableStack): Promise<{ url: string; dataPath?: string }> {
  if (env.databaseUrl !== undefined) return { url: env.databaseUrl }
  const dataDir = demo ? join(env.dataDir, 'demo') : env.dataDir
  const { url, dataPath, secrets, stop } = await startEmbeddedDatabase({ dataDir, say: console.log })
  resources.defer(stop)
  provide({ DATABASE_URL: url })
  if (env.authSecret === undefined) provide({ AUTH_SECRET: secrets.authSecret })
  if (env.sealKeys.length === 0) provide({ SEAL_KEYS: secrets.sealKeys })
  // It would change the name of the socket that the URL leads to.
  delete process.env['PGPORT']
  return { url, dataPath }
}

async function start(resources: AsyncDisposableStack): Promise<string> {
  const env = environment()
  const database = await openDatabase(env, resources)
  await migrate(database.url, { say: console.log })
  const samples = demo ? await import('#lib/demo/seed') : undefined
  await samples?.seedDemo({
    url: database.url,
    password: env.demoPassword,
    sealKeys: ownEnv().sealKeys,
    large: process.argv.includes('--large'),
  })

  const log = createLog(env.logLevel)
  const verifier = await openVerifier({
    databaseUrl: database.url,
    name: 'desk',
    role: await findVerifierRole(database.url),
    prefixes: env.tokenPrefixes,
    trustedProxies: env.trustedProxies,
    entriesAtMost: env.factsCacheEntries,
    log,
  })
  resources.defer(() => verifier.close())
  share('recorder', verifier.recorder)
  await verifier.heard
  resources.defer(keepHouse(database.url, log))
  const metrics = openMetrics(verifier)
  const admission = { isTrusted: trustedProxies(env.trustedProxies), appUrl: env.appUrl, dev }
  const signInsTakeTurns = takeTurns()
  const servePacked = openPackedFiles(join(dir, '.next/static'))
  const desk = Promise.withResolvers<RequestListener>()
  const takeRequest: RequestListener = async (request, response) => {
    if (verifier.handle(request, response)) return
    if (servePacked(request, response)) return
    if (serveMetrics(request, response, { metrics, token: env.metricsToken })) return
    const isAdmitted = admit(request, response, admission)
    observe(request, response, { log, metrics })
    if (!isAdmitted) return
    if (isAction(request) && !(await hasPlainArgument(request))) return refuse(request, response, NOT_PLAIN)
    const answer = await desk.promise
    await signInsTakeTurns(request, response, () => answer(request, response))
  }
  // Only reloading takes WebSockets.
  const server = openHttp(takeRequest, { upgrades: dev })
  const host = env.host ?? (demo || dev ? '127.0.0.1' : undefined)
  const port = await listen(server, env.port, host)

  // Without APP_URL the desk goes by the address that each person uses.
  if (env.appUrl !== undefined) provide({ AUTH_URL: env.appUrl })
  const appUrl = env.appUrl ?? addressOf(host, port)
  if (env.mail !== undefined)
    resources.defer(await openMail({ databaseUrl: database.url, mail: env.mail, appUrl, log }))
  const renderer = openRenderer(database.url)
  share('renderer', renderer)
  resources.defer(() => renderer.close())
  resources.defer(await openReports({ databaseUrl: database.url, renderer, log }))
  const { default: next } = await import('next')
  const app = next({ dev, dir, hostname: host ?? 'localhost', port, httpServer: server })
  resources.defer(() => app.close())
  resources.defer(() => drain(server, dev ? 500 : 10_000))
  await app.prepare()
  desk.resolve(app.getRequestHandler())
  const { verifierPort: firstPort, verifiers: count } = env
  const beside = await superviseVerifiers({ count, firstPort, host, databaseUrl: database.url, log })
  resources.defer(beside.stop)

  return greeting({
    appUrl,
    port: { wanted: env.port, got: port },
    verifiers: beside.verifiers(),
    dataPath: database.dataPath,
    setupLink: await issueSetupLink({ url: database.url, appUrl }),
    demo: samples && { accounts: samples.DEMO_ACCOUNTS, password: env.demoPassword },
  })
}

await runServer(async (resources) => console.log(await start(resources)))
